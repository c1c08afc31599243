using ProvableSec.Rules.Accounts;
using ProvableSec.Rules.Policies;
using ProvableSec.Rules.Reach;

namespace ProvableSec.Rules.ProgrammaticAccess;

/// <summary>One holder of credentials: what they reach, and what is wrong with the credentials.</summary>
/// <param name="Principal">Who, by ARN.</param>
/// <param name="Holder">What they are.</param>
/// <param name="Reported">What the credential report says of them; null where it says nothing.</param>
/// <param name="Reach">What they reach.</param>
/// <param name="Findings">What is wrong, the worst first.</param>
/// <param name="Unused">Services that Access Advisor says were not used; null where nobody asked it.</param>
internal sealed record CredentialEntry(
    string Principal, CredentialHolder Holder, ReportedUser? Reported, PrincipalReach Reach, IReadOnlyList<PolicyFinding> Findings, LastAccessed? Unused)
{
    /// <summary>How old the oldest credential is that the report gives an age of, in days; 0 for none.</summary>
    public int Age => Reported is null ? 0 : Reported.Keys.Select(key => key.Age ?? 0).DefaultIfEmpty(0).Max();

    /// <summary>
    /// The place in the list: who reaches most comes first. Of whom it is not known may reach everything, so they come before those of whom it is proved
    /// that they
    /// reach less than that.
    /// </summary>
    public int Rank => Reach.Level == ReachLevel.Administrator ? (int)ReachLevel.Administrator + 1 : Reach.Unknown.Count > 0 ? (int)ReachLevel.Administrator
        : (int)Reach.Level;
}
