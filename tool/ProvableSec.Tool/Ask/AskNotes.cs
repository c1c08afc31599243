namespace ProvableSec.Tool.Ask;

/// <summary>What an account dump does not tell, so that no answer about it can.</summary>
internal static class AskNotes
{
    public static IReadOnlyList<string> All { get; } =
    [
        "resources are those of the principal's own account, unless a line names another",
        "not in a dump, and not asked about: resource policies other than trust policies and those in the folder of the dump, key policies, session and VPC endpoint policies",
    ];
}
