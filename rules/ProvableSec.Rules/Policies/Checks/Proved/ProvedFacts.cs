using ProvableSec.Policy.Model;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary>What more than one proved check needs to know of a policy: found out when the first asks.</summary>
internal sealed class ProvedFacts
{
    private readonly Lazy<PolicyDocument?> document;
    private readonly Lazy<CheckedStatement?> administrator;

    public ProvedFacts(CheckedPolicy policy)
    {
        document = new Lazy<PolicyDocument?>(() => ProvableText.Of(policy), isThreadSafe: false);
        administrator = new Lazy<CheckedStatement?>(() => AdministratorAccessCheck.ReasonOf(policy), isThreadSafe: false);
    }

    /// <summary>The document as the prover reads it (<see cref="ProvableText.Of"/>).</summary>
    public PolicyDocument? Document => document.Value;

    /// <summary>The statement by which an identity policy allows everything; null when it does not, or that is not proved.</summary>
    public CheckedStatement? AdministratorStatement => administrator.Value;
}
