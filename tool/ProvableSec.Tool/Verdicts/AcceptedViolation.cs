namespace ProvableSec.Tool.Verdicts;

/// <summary>A violation that a waiver accepts.</summary>
/// <param name="Stack">The stack that it is of; null where there is no choice.</param>
/// <param name="Reason">Why it is accepted.</param>
/// <param name="Owner">Who answers for that; empty where nobody is named.</param>
/// <param name="Until">The last day of it.</param>
internal sealed record AcceptedViolation(string? Stack, string Reason, string Owner, DateTime Until);
