using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Tool.Reports;

/// <summary>Small changes that keep a request from getting through. Each has been tried: the evaluator denies the request with it.</summary>
internal static class Remedies
{
    private static readonly PolicyDocument FullAccess = Read("""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""");

    public static IEnumerable<string> Of(Subject subject, AccessRequest request, StatementProbe probe)
    {
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

        foreach (Statement statement in Statements(subject).Where(s => s.Effect == Effect.Deny && probe.MatchesButForConditions(s) && !probe.Matches(s)).Distinct())
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
        if (!request.Action.All(c => char.IsAsciiLetterOrDigit(c) || c is ':' or '-'))
        {
            yield break;
        }

        PolicyDocument deny = Read($$"""{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"{{request.Action}}","Resource":"*"}]}""");
        if (subject.Stack is { } stack)
        {
            ImmutableArray<ImmutableArray<PolicyDocument>> levels = stack.ServiceControlPolicies ?? [];
            if (!probe.Allows(Subject.Of(stack with { ServiceControlPolicies = levels.Add([FullAccess, deny]) })))
            {
                yield return $"a Deny of {request.Action} in an SCP above this account";
            }
        }
        else if (subject.Document is { } document && !probe.Allows(subject.WithDocument(Copy(document, document.Statements.AddRange(deny.Statements)))))
        {
            yield return $"a Deny of {request.Action} in this policy";
        }
    }

    private static string Named(Statement statement) => statement.Sid is { Length: > 0 } sid ? $" in \"{sid}\"" : "";

    private static IEnumerable<Statement> Statements(Subject subject) => subject.Documents().SelectMany(document => document.Statements);

    private static Subject Replacing(Subject subject, Statement old, Statement now)
    {
        if (subject.Document is { } alone)
        {
            return subject.WithDocument(Changed(alone));
        }

        PolicyStack stack = subject.Stack!;
        return Subject.Of(stack with
        {
            IdentityPolicies = stack.IdentityPolicies?.Select(Changed).ToImmutableArray(),
            PermissionsBoundary = stack.PermissionsBoundary is { } boundary ? Changed(boundary) : null,
            SessionPolicies = stack.SessionPolicies?.Select(Changed).ToImmutableArray(),
            ServiceControlPolicies = stack.ServiceControlPolicies?.Select(level => level.Select(Changed).ToImmutableArray()).ToImmutableArray(),
        });

        PolicyDocument Changed(PolicyDocument document) => document.Statements.Contains(old) ? Copy(document, document.Statements.Replace(old, now)) : document;
    }

    private static Statement With(Statement statement, ActionClause action) =>
        new(statement.Index, statement.Sid, statement.Effect, statement.Principal, action, statement.Resource, statement.Conditions, statement.Span);

    private static Statement With(Statement statement, ImmutableArray<Condition> conditions) =>
        new(statement.Index, statement.Sid, statement.Effect, statement.Principal, statement.Action, statement.Resource, conditions, statement.Span);

    private static PolicyDocument Copy(PolicyDocument document, ImmutableArray<Statement> statements) =>
        new(document.Source, document.Version, document.NamesVersion, document.Id, statements, document.Problems);

    private static PolicyDocument Read(string json) => PolicyReader.Read(new SourceText(json));
}
