using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Replay;

namespace ProvableSec.Reasoning.Explanations;

/// <summary>Small changes that keep a request from getting through. Each has been tried: the evaluator denies the request with it.</summary>
internal static class Remedies
{
    private static readonly ImmutableArray<Condition> OwnOrganization = Read("""
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-provablesec0"}}}]}
        """).Statements[0].Conditions;

    public static IEnumerable<string> Of(Question question, Subject subject, AccessRequest request, StatementProbe probe)
    {
        if (question == Question.NoPublicAccess)
        {
            foreach (string condition in Conditions(subject, probe))
            {
                yield return condition;
            }
        }

        string service = request.Action.Split(':')[0];
        Statement[] exclusions = [.. Statements(subject).Where(s => s is { Effect: Effect.Allow, Action.IsNot: true } && probe.Matches(s)).Distinct()];
        foreach (Statement statement in exclusions)
        {
            Statement narrower = With(statement, statement.Action with { Patterns = statement.Action.Patterns.Add(PolicyPattern.Plain(service + ":*")) });
            if (!probe.Allows(Replacing(subject, statement, narrower)))
            {
                yield return $"\"{service}:*\" in NotAction";
            }
        }

        foreach (Statement statement in Statements(subject).Where(s => s.Effect == Effect.Deny && probe.MatchesButForConditions(s) && !probe.Matches(s))
            .Distinct())
        {
            Condition[] unmet = [.. statement.Conditions.Where(condition => !probe.Meets(condition))];
            if (unmet is [{ Operator: { IfExists: false, Comparison: not ConditionComparison.Null } } condition])
            {
                Condition lenient = condition with { Operator = condition.Operator with { IfExists = true } };
                Statement wider = With(statement, statement.Conditions.Replace(condition, lenient));
                if (!probe.Allows(Replacing(subject, statement, wider)))
                {
                    yield return $"{condition.Operator.Name}IfExists in place of {condition.Operator.Name}{Named(statement)}";
                }
            }
        }

        // Names in an action hold letters only, but what stands in a request is anybody's.
        if (!request.Action.All(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= ':') or '-'))
        {
            yield break;
        }

        PolicyDocument deny =
            Read($$"""{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"{{request.Action}}","Resource":"*"}]}""");
        if (subject.Stack is { } stack)
        {
            bool isOutsider = question == Question.NoPublicAccess || (request.ResourceAccount is { } owner && owner != request.Principal.Account);
            (PolicyStack Stack, string Words)[] tries =
            [
                .. isOutsider ? [] : Above(),
                .. stack.ResourcePolicy is { } resource
                    ? [(stack with { ResourcePolicy = Copy(resource, resource.Statements.AddRange(deny.Statements)) }, "in the resource's policy")]
                    : ((PolicyStack, string)[])[],
                (stack with { ResourceControlPolicies = Below(stack.ResourceControlPolicies, deny) }, "in an RCP above the resource's account"),
                .. isOutsider && request.Principal.Account.Length > 0 ? Above() : [],
            ];
            if (tries.FirstOrDefault(tried => !probe.Allows(Subject.Of(tried.Stack))).Words is { } where)
            {
                yield return $"a Deny of {request.Action} {where}";
            }

            (PolicyStack, string)[] Above() => [(stack with { ServiceControlPolicies = Below(stack.ServiceControlPolicies, FullAccessPolicy.Unnamed, deny) },
                isOutsider ? "in an SCP above the caller's account" : "in an SCP above this account")];
        }
        else if (subject.Document is { } document && !probe.Allows(subject.WithDocument(Copy(document, document.Statements.AddRange(deny.Statements)))))
        {
            yield return $"a Deny of {request.Action} in this policy";
        }
    }

    /// <summary>Conditions that keep an outsider out and the owner's organization in.</summary>
    private static IEnumerable<string> Conditions(Subject subject, StatementProbe probe)
    {
        Statement[] open = [.. Statements(subject).Where(s => s is { Effect: Effect.Allow, Principal: not null } && probe.Matches(s)).Distinct()];
        Subject closed = open.Aggregate(subject, (changed, statement) =>
            Replacing(changed, statement, With(statement, statement.Conditions.AddRange(OwnOrganization))));
        if (open.Length > 0 && !probe.Allows(closed))
        {
            yield return $"StringEquals aws:PrincipalOrgID with your organization in {(open.Length == 1 ? "that statement" : "those statements")}";
        }
    }

    private static ImmutableArray<ImmutableArray<PolicyDocument>> Below(ImmutableArray<ImmutableArray<PolicyDocument>>? levels,
        params PolicyDocument[] level) =>
        (levels ?? ImmutableArray<ImmutableArray<PolicyDocument>>.Empty).Add(level.ToImmutableArray());

    private static string Named(Statement statement) => statement.Sid is { Length: > 0 } sid ? $" in \"{sid}\"" : "";

    private static IEnumerable<Statement> Statements(Subject subject) => subject.Documents().SelectMany(document => document.Statements);

    private static Subject Replacing(Subject subject, Statement old, Statement now)
    {
        if (subject.Document is { } alone)
        {
            return subject.WithDocument(Changed(alone));
        }

        return Subject.Of(PolicyLayers.Select(subject.Stack!, Changed));

        PolicyDocument Changed(PolicyDocument document) => document.Statements.Contains(old) ? Copy(document, document.Statements.Replace(old, now)) : document;
    }

    private static Statement With(Statement statement, ActionClause action) =>
        new(statement.Index, statement.Sid, statement.Effect, statement.Principal, action, statement.Resource, statement.Conditions, statement.Span);

    private static Statement With(Statement statement, ImmutableArray<Condition> conditions) =>
        new(statement.Index, statement.Sid, statement.Effect, statement.Principal, statement.Action, statement.Resource, conditions, statement.Span);

    private static PolicyDocument Copy(PolicyDocument document, ImmutableArray<Statement> statements) =>
        new(document.Source, document.Version, document.NamesVersion, document.Id, statements, document.Problems);

    private static PolicyDocument Read(string json) => PolicyReader.Read(new DocumentText(json));
}
