using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary>Grants of an action that hands out roles, for roles that are left open. A statement is reported by the first form it has.</summary>
internal abstract class RoleGrantCheck(Rule rule, RoleGrant grant, RoleGrantForm form, bool resourceIsNot) : StatementCheck(rule)
{
    protected sealed override void Check(CheckedStatement statement, PolicyFindings findings)
    {
        if (statement is not { IsAllow: true, Policy.Type: PolicyType.Identity, Action: { } actions, Resource: { } resources }
            || resources.IsNot != resourceIsNot
            || !statement.ConditionsAreKnown || statement.Conditions.Any(grant.IsLimitedBy))
        {
            return;
        }

        CheckedText? resource = resourceIsNot ? null : resources.Items.FirstOrDefault(item => grant.IsOpen(item.Text, statement.Policy.Budget));
        if (resourceIsNot ? resources.Items.Any(item => grant.IsOpen(item.Text, statement.Policy.Budget)) : resource is null)
        {
            return;
        }

        string openness = resourceIsNot ? "for all roles but those in NotResource" : $"for roles that {resource!.Shown} leaves open";
        CheckedText? literal = actions.IsNot ? null : actions.Items.FirstOrDefault(action =>
            action.Text.Equals(grant.Action, StringComparison.OrdinalIgnoreCase));
        CheckedText? wildcard = actions.IsNot || literal is not null ? null
            : actions.Items.FirstOrDefault(action => action.HasWildcard && ActionNames.Covers(action.Text, grant.Action));
        switch (form)
        {
            case RoleGrantForm.Literal when literal is not null:
                Add(resource?.Element ?? resources.Property.NameElement, $"{grant.Action} is allowed {openness}");
                break;
            case RoleGrantForm.Wildcard when wildcard is not null:
                Add(wildcard.Element, $"{wildcard.Shown} allows {grant.Action} {openness}");
                break;
            case RoleGrantForm.NotAction when actions.IsNot && !actions.Items.Any(action => !action.IsKnown || ActionNames.Covers(action.Text, grant.Action)):
                Add(actions.Property.NameElement, $"NotAction leaves {grant.Action} allowed {openness}");
                break;
        }

        void Add(JsonItem at, string message)
        {
            // Of a policy that allows everything PSEC2002 says so; roles are among it.
            if (statement.Policy.Proved.AdministratorStatement is null && !IsDenied(statement.Policy))
            {
                findings.Add(at, message);
            }
        }
    }

    /// <summary>True when the policy's own Deny statements are proved to take back what is open: roles for a service that nobody names.</summary>
    private bool IsDenied(CheckedPolicy policy)
    {
        // The document that the prover reads lacks what is not known of an Allow: what it does not grant the policy may.
        if (!policy.Statements.Any(statement => statement.IsDeny) || UnknownText.IsIn(policy.Root.Document.Source.Text)
            || policy.Proved.Document is not { } document)
        {
            return false;
        }

        PolicyDocument property = ProvableText.Allowing(grant.Action, ["*"], grant.ServiceKey, "provablesec-any.amazonaws.com");
        return policy.Proved.Answer(ProvableText.Ask(Question.NotGranted, document, policy.Type) with { Property = property, VerdictOnly = true }).Verdict
            == Verdict.Holds;
    }
}
