using System.Text.RegularExpressions;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning;
using ProvableSec.Reasoning.Questions;
using ProvableSec.ServiceData;

namespace ProvableSec.Rules.Policies.Checks;

/// <summary>Ways by which the holder of a policy alone gets what others may do; each action of a way is shown to be allowed by a request.</summary>
internal sealed class PrivilegeEscalationCheck() : PolicyCheck(new Rule(
    "PSEC2003",
    "A way to more access than the policy gives",
    RuleSeverity.Warning,
    "The actions let their holder change who may do what, or act through a role that is not his, on users, roles or resources that the policy does not name: he can do more than the policy says.",
    "Name in Resource what the actions are needed for, or leave one action of each way out; an administrator needs no such detour.",
    269))
{
    private const int MostShown = 4;
    private const int MostPlaces = 3;

    // Nobody calls something of his so; who may act on it may act on all of its kind.
    private const string Unnamed = "provablesec-somebody-elses";

    private static readonly Regex Placeholder = new(@"\$\{[^}]*\}");

    public override void Check(CheckedPolicy policy, PolicyFindings findings)
    {
        CheckedStatement[] allowing = [.. policy.Statements.Where(statement => statement is { IsAllow: true, Action: not null })];
        if (policy.Type != PolicyType.Identity || allowing.Length == 0)
        {
            return;
        }

        // What no pattern of an Allow matches needs no proof that it is not allowed.
        EscalationPath[] candidates = [.. EscalationPath.All.Where(path => path.Actions.All(action => MayAllow(policy, allowing, action)) && (path.PassedTo is null || MayAllow(policy, allowing, "iam:PassRole")))];
        // An administrator needs no way up.
        if (candidates.Length == 0 || policy.Proved.AdministratorStatement is not null || policy.Proved.Document is not { } document)
        {
            return;
        }

        var known = new Dictionary<string, Witness?>(StringComparer.Ordinal);
        EscalationPath[] open = [.. candidates.Where(path => path.Actions.All(action => Allowed(action, null) is not null) && (path.PassedTo is null || Allowed("iam:PassRole", path.PassedTo) is not null))];
        if (open.Length == 0 || known[open[0].Actions[0]] is not { } witness)
        {
            return;
        }

        CheckedStatement first = allowing.First(statement => Covers(statement, open[0].Actions[0]));
        CheckedText? at = first.Action!.IsNot ? null : first.Action.Items.First(item => ActionNames.Covers(item.Text, open[0].Actions[0]));
        string others = open.Length > MostShown ? $" and {open.Length - MostShown} more" : "";
        findings.Add(
            at?.Element ?? first.Action.Property.NameElement,
            $"{(open.Length == 1 ? "a way" : $"{open.Length} ways")} to more access: {string.Join(", ", open.Take(MostShown).Select(path => path.Name))}{others}",
            witness);

        Witness? Allowed(string action, string? passedTo)
        {
            string key = action + passedTo;
            if (!known.TryGetValue(key, out Witness? found))
            {
                Query query = ProvableText.Ask(Question.NotGranted, About(policy, document, action), policy.Type) with { Property = Request(action, SomebodyElses(policy, action), passedTo) };
                known[key] = found = Prover.Answer(query) is { Verdict: Verdict.Violated, Witness: { } shown } ? shown : null;
            }

            return found;
        }
    }

    /// <summary>The document without the Allow statements that are about other actions.</summary>
    private static PolicyDocument About(CheckedPolicy policy, PolicyDocument document, string action) =>
        document.Where(statement => statement.Effect == Effect.Deny || Covers(policy.Statements[statement.Index], action));

    private static bool MayAllow(CheckedPolicy policy, CheckedStatement[] allowing, string action)
    {
        string[] elses = SomebodyElses(policy, action);
        return allowing.Any(statement => Covers(statement, action) && statement.Resource is { } resources
            && (resources.IsNot || resources.Items.Any(item => elses.Any(resource => GlobText.Overlap(item.Text, resource)))));
    }

    private static bool Covers(CheckedStatement statement, string action) =>
        statement.Action!.IsNot != statement.Action.Items.Any(item => ActionNames.Covers(item.Text, action));

    /// <summary>Resources of others that the action may be about: ARNs with a name that nobody uses, or any where the action has no resource.</summary>
    private static string[] SomebodyElses(CheckedPolicy policy, string action)
    {
        string[] arns = policy.Catalogue.TryGetAction(action, out ServiceAction? known)
            ? [.. known.ResourceTypes.SelectMany(reference => reference.ResourceType.ArnFormats).SelectMany(format => Named(policy, format)).Distinct(StringComparer.Ordinal)]
            : [];
        return arns.Length > 0 ? arns : ["*"];
    }

    /// <summary>ARNs of a format, written out: a star would reach over colons. They lie where the policy's own resources lie.</summary>
    private static IEnumerable<string> Named(CheckedPolicy policy, string format)
    {
        PolicyArn arn = PolicyArn.TryParse(format)!;
        string resource = Placeholder.Replace(arn.Resource, Unnamed);
        (string Partition, string Region, string Account)[] places = [.. policy.Statements.SelectMany(statement => statement.Resource?.Items ?? [])
            .Select(item => PolicyArn.TryParse(item.Text)).Where(own => own is { IsComplete: true })
            .Select(own => (Literal(own!.Partition, "aws"), Literal(own.Region, "us-east-1"), Literal(own.Account, "111122223333")))
            .Append(("aws", "us-east-1", "111122223333")).Distinct().Take(MostPlaces)];
        return places.Select(place =>
            $"arn:{Literal(arn.Partition, place.Partition)}:{Literal(arn.Service, "ec2")}:{(arn.Region.Length == 0 ? "" : Literal(arn.Region, place.Region))}:{(arn.Account.Length == 0 ? "" : Literal(arn.Account, place.Account))}:{resource}");

        static string Literal(string field, string otherwise) => field.Length > 0 && PolicyArn.IsLiteral(field) ? field : otherwise;
    }

    private static PolicyDocument Request(string action, string[] resources, string? passedTo)
    {
        string condition = passedTo is null ? "" : ",\"Condition\":{\"StringEquals\":{\"iam:PassedToService\":\"" + passedTo + "\"}}";
        return PolicyReader.Read(new SourceText("{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"" + action + "\",\"Resource\":[\"" + string.Join("\",\"", resources) + "\"]" + condition + "}}"));
    }
}
