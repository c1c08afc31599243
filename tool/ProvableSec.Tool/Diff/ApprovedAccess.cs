using ProvableSec.Policy.Model;

namespace ProvableSec.Tool.Diff;

/// <summary>Access that somebody approved.</summary>
/// <param name="Policy">What was approved, as a policy that allows it.</param>
/// <param name="Owner">Who approved it.</param>
/// <param name="Reason">Why.</param>
/// <param name="Expires">The last day on which it counts.</param>
/// <param name="Place">Where it is written down, for messages.</param>
internal sealed record ApprovedAccess(PolicyDocument Policy, string Owner, string Reason, DateTime Expires, string Place);
