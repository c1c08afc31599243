namespace ProvableSec.Logs.Scanning;

/// <summary>What stands between two parts of a line, so that lines of one template may have it differently.</summary>
internal enum HoleKind : byte
{
    /// <summary>Nothing: the part goes on.</summary>
    None,

    /// <summary>The inside of a string that is not a member's name.</summary>
    Text,

    /// <summary>A run of digits of a number.</summary>
    Digits,

    /// <summary>Nothing: the line has ended.</summary>
    End,
}
