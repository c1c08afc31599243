namespace ProvableSec.Tool.Verdicts;

/// <summary>What the process tells its caller. These numbers are part of the interface.</summary>
internal static class ExitCodes
{
    /// <summary>All as wanted.</summary>
    public const int Success = 0;

    /// <summary>A finding that counts, a violated property, or an answer that differs from the expected one.</summary>
    public const int Finding = 1;

    /// <summary>Bad usage, or input that cannot be read at all.</summary>
    public const int BadInput = 2;

    /// <summary>Nothing violated, but something undecided.</summary>
    public const int Undecided = 3;

    /// <summary>A mistake of this program.</summary>
    public const int InternalError = 70;

    /// <summary>The code for two things that both happened: 70 before 2 before 1 before 3 before 0.</summary>
    public static int Combine(int first, int second) => Rank(first) >= Rank(second) ? first : second;

    private static int Rank(int code) => code switch
    {
        Success => 0,
        Undecided => 1,
        Finding => 2,
        BadInput => 3,
        _ => 4,
    };
}
