namespace ProvableSec.Rules.Accounts;

/// <summary>An active access key of a credential report.</summary>
/// <param name="Number">1 or 2: a user has two at most.</param>
/// <param name="Age">The days since it was created; null where the report does not say.</param>
/// <param name="LastUsed">The days since it was used last; null for never, and where the report does not say.</param>
/// <param name="Service">The service that it was used for last; null for none.</param>
internal sealed record ReportedKey(int Number, int? Age, int? LastUsed, string? Service);
