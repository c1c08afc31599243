namespace ProvableSec.Rules.Policies;

/// <summary>The other identity policies of a role, user or group that has a policy: what they allow, the holder may use together.</summary>
/// <param name="Holder">Who has them, for people.</param>
/// <param name="Checked">Those that are checked, too, as JSON.</param>
/// <param name="Unchecked">Those that are not, such as AWS managed policies.</param>
internal sealed record PoliciesBeside(string Holder, IReadOnlyList<string> Checked, IReadOnlyList<string> Unchecked);
