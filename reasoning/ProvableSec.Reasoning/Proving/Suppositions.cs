using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Formulas;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Replay;
using ProvableSec.Reasoning.Search;
using ProvableSec.Reasoning.Translation;

namespace ProvableSec.Reasoning.Proving;

/// <summary>
/// What a question has to suppose of policies that it does not give (docs/semantics.md, "Policies that are not given"). Against a claim that
/// something is not allowed, they say whatever refutes it. A claim that something is allowed is shown without them, and refuted only
/// by a request that is not allowed though they say the best.
/// </summary>
internal sealed class Suppositions
{
    private readonly Query query;
    private readonly StackTranslator stacks;
    private readonly Supposition best;
    private readonly PrincipalTranslator principals;

    public Suppositions(Query query, RequestFormulas formulas, StackTranslator stacks, PrincipalTranslator principals)
    {
        this.principals = principals;
        this.query = query;
        this.stacks = stacks;
        FormulaBuilder graph = formulas.Graph;
        best = (stacks.HasUnknownResourcePolicy ? Supposition.Delegation : 0)
            | (!stacks.HasUnknownOwnPolicies ? 0 : query.Subject.Stack?.ResourcePolicy is null ? Supposition.OwnPoliciesAllow
                : Supposition.OwnPoliciesAllowWhatIsGranted);
        Hope = query.Question switch
        {
            Question.Can => graph.And(
                stacks.HasUnknownResourcePolicy ? !graph.Or(stacks.LetIn, stacks.DirectGrant) : Formula.True,
                stacks.HasUnknownOwnPolicies ? !stacks.OwnPoliciesAllow : Formula.True),
            Question.Granted => graph.And(
                stacks.HasUnknownResourcePolicy ? graph.And(stacks.LetIn, !stacks.Denial) : Formula.True,
                stacks.HasUnknownOwnPolicies ? stacks.OwnPoliciesAllow : Formula.True),
            _ => Formula.True,
        };
        Hope = graph.And([Hope, .. principals.Unknown.Select(u => !u.Is)]);
        HaveHope = Hope != Formula.True;
    }

    /// <summary>What the policies that are not given say in a request that shows the verdict: true where they may say anything.</summary>
    public Formula Hope { get; }

    /// <summary>Whether <see cref="Hope"/> restricts the search.</summary>
    public bool HaveHope { get; }

    /// <summary>What the witness of a model may suppose, the least first.</summary>
    public IEnumerable<Supposition> For(RequestModel model)
    {
        if (query.Question == Question.Granted)
        {
            return [best];
        }

        if (query.Question == Question.Can)
        {
            return [Supposition.None];
        }

        Supposition policy = !stacks.HasUnknownResourcePolicy ? Supposition.None
            : model.IsTrue(StackTranslator.DeniesRequest) ? Supposition.Denial
            : model.IsTrue(StackTranslator.GrantsDirectly) ? Supposition.DirectGrant
            : model.IsTrue(StackTranslator.GrantsByName) ? Supposition.GrantByName
            : model.IsTrue(StackTranslator.GrantsEveryone) ? Supposition.GrantToEveryone
            : model.IsTrue(StackTranslator.LetsIn) ? Supposition.Delegation : Supposition.None;
        Supposition own = !stacks.HasUnknownOwnPolicies ? Supposition.None
            : stacks.OwnPoliciesMayAllowMore ? Supposition.OwnPoliciesAllow : Supposition.OwnPoliciesAllowWhatIsGranted;
        return ((Supposition[])[Supposition.None, own, policy, own | policy]).Distinct();
    }

    /// <summary>The witness that supposes nothing, if it shows the same.</summary>
    public Witness Plainest(Witness witness) =>
        witness.Supposed != Supposition.None && (witness with { Supposed = Supposition.None }) is var plain && WitnessReplay.Confirms(query, plain) ? plain
            : witness;

    /// <summary>What has to be given for the question to be decided.</summary>
    /// <param name="action">An action on which it depends, in lower case.</param>
    public string Missing(string action)
    {
        if (principals.Unknown.Count > 0 && query.Question is not (Question.Can or Question.Granted))
        {
            PrincipalEntry entry = principals.Unknown[0].Entry;
            return $"it depends on who \"{entry.Kind switch { PrincipalEntryKind.Aws => "", _ => entry.Kind + " " }}{entry.Value}\" is: a principal of this "
                + $"form cannot be compared with callers";
        }

        string policy = ResourcePolicyName.Of(action);
        return stacks.HasUnknownResourcePolicy && !stacks.HasUnknownOwnPolicies
            ? $"it depends on the {policy}, which is not given; give the {policy} (resourcePolicy, null where it has none)"
                + (policy == ResourcePolicyName.Any ? ", or say whose the resource is (request.resourceAccount)" : "")
            : "it depends on what the caller's own policies allow, which are not given; give the identity policies (identityPolicies)";
    }
}
