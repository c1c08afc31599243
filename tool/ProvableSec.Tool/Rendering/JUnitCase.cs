namespace ProvableSec.Tool.Rendering;

/// <summary>What a CI system shows of a test.</summary>
internal enum JUnitOutcome
{
    /// <summary>As wanted.</summary>
    Passed,

    /// <summary>Not as wanted.</summary>
    Failed,

    /// <summary>Unknown.</summary>
    Skipped,

    /// <summary>Not tested: something could not be read.</summary>
    Error,
}

/// <summary>A test as JUnit's XML lists it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Group">What it belongs to, which readers show as a class.</param>
/// <param name="Outcome">What it came to.</param>
/// <param name="Message">Why it did not pass.</param>
internal sealed record JUnitCase(string Name, string Group, JUnitOutcome Outcome = JUnitOutcome.Passed, string Message = "")
{
    /// <summary>What kind of failure it is; empty for none.</summary>
    public string Type { get; init; } = "";

    /// <summary>What else it says; null for nothing.</summary>
    public string? Output { get; init; }

    /// <summary>How long it took.</summary>
    public double Seconds { get; init; }
}
