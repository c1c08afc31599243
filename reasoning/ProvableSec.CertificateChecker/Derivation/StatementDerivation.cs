using ProvableSec.Policy;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using static ProvableSec.CertificateChecker.Derivation.Formula;

namespace ProvableSec.CertificateChecker.Derivation;

/// <summary>What a statement says, and what a document says standing alone (docs/semantics.md, lines 1 to 10 and "Alone").</summary>
internal sealed class StatementDerivation(Atoms atoms, CallerDerivation callers)
{
    private readonly Dictionary<(Statement, bool), Formula> derived = [];

    public ConditionDerivation Conditions { get; } = new(atoms);

    /// <summary>Some Allow statement matches and no Deny statement does.</summary>
    public Formula Alone(CertifiedDocument document) => And(document.Origin, Some(document, Effect.Allow, hasBoundary: false),
        Not(Some(document, Effect.Deny, hasBoundary: false)));

    /// <summary>No Deny statement of the document matches.</summary>
    public Formula LetsThrough(CertifiedDocument document) => Not(Some(document, Effect.Deny, hasBoundary: false));

    /// <summary>Some statement of an effect matches; one without Principal speaks of everybody.</summary>
    public Formula Some(CertifiedDocument document, Effect effect, bool hasBoundary) =>
        Or(document.Origin, [.. document.Policy.Statements.Where(s => s.Effect == effect).Select(s => Matches(document, s, hasBoundary))]);

    /// <summary>Some statement of an effect matches and names the caller in a way; one without Principal speaks of nobody.</summary>
    public Formula SomeNaming(CertifiedDocument document, Effect effect, bool hasBoundary, PrincipalMeans means) =>
        Or(document.Origin,
            [.. document.Policy.Statements.Where(s => s.Effect == effect && s.Principal is not null)
                .Select(s => MatchesNaming(document, s, hasBoundary, means))]);

    private Formula MatchesNaming(CertifiedDocument document, Statement statement, bool hasBoundary, PrincipalMeans means)
    {
        Formula matches = Matches(document, statement, hasBoundary);
        if (means == PrincipalMeans.Anyhow)
        {
            return matches;
        }

        string origin = $"{document.Origin}, statement {statement.Index}";
        if (means == PrincipalMeans.ThroughEndpoint)
        {
            // On a gateway endpoint an account as Principal means its root user.
            Formula gateway = atoms.In(atoms.Action, PolicyText.Set(TextComparison.Action, [PolicyPattern.Plain("s3:*"), PolicyPattern.Plain("dynamodb:*")]));
            Formula otherwise = callers.NamedButAsAccount(statement.Principal!, origin);
            return statement.Principal!.IsNot ? matches : And(origin, matches, Or(origin, callers.Is(PrincipalKind.Root), Not(gateway), otherwise));
        }

        Formula named = callers.NamedAs(statement.Principal!, means, origin);
        if (means == PrincipalMeans.Session && statement.Conditions.Any(c => c.FoldedKey == "aws:principalarn"))
        {
            // A grant to everyone that looks at the caller's ARN reaches as far as one to that ARN.
            named = Or(origin, named, callers.NamedAs(statement.Principal!, PrincipalMeans.Everyone, origin));
        }

        return And(origin, matches, named);
    }

    private Formula Matches(CertifiedDocument document, Statement statement, bool hasBoundary)
    {
        if (derived.TryGetValue((statement, hasBoundary), out Formula? known))
        {
            return known;
        }

        string origin = $"{document.Origin}, statement {statement.Index}";
        var parts = new List<Formula>
        {
            Action(statement.Action),
            statement.Resource is null ? True : Resource(statement.Resource, statement.Principal is not null,
                $"{origin}, {(statement.Resource.IsNot ? "NotResource" : "Resource")}"),
            statement.Principal is null ? True : callers.Named(statement.Principal, statement.Effect, hasBoundary,
                $"{origin}, {(statement.Principal.IsNot ? "NotPrincipal" : "Principal")}"),
        };
        var unresolved = new List<Formula>();
        foreach (Condition condition in statement.Conditions)
        {
            string line = $"{origin}, Condition {condition.Operator.Name} {condition.Key}";
            parts.Add(Conditions.Derive(condition, line));
            if (condition.Operator.IsNegated)
            {
                unresolved.AddRange(condition.Values.Select(v => Conditions.Unresolved(v, line)));
            }
        }

        if (statement.Resource is { IsNot: true } clause)
        {
            unresolved.AddRange(clause.Patterns.Select(p => Conditions.Unresolved(p, origin)));
        }

        if (statement.Effect == Effect.Deny && Or(origin, [.. unresolved]) is { Kind: not FormulaKind.False } some)
        {
            parts.Add(Not(And(origin, atoms.Reading(Reading.UnresolvedVariableVoidsDeny), some)));
        }

        Formula matches = And(origin, [.. parts]);
        derived.Add((statement, hasBoundary), matches);
        return matches;
    }

    private Formula Action(ActionClause clause)
    {
        if (clause.Patterns.IsEmpty)
        {
            return False;
        }

        Formula some = atoms.In(atoms.Action, PolicyText.Set(TextComparison.Action, clause.Patterns));
        return clause.IsNot ? Not(some) : some;
    }

    /// <param name="clause">The element.</param>
    /// <param name="isOfResource">Whether the statement has a principal, so that the policy is a resource's.</param>
    /// <param name="origin">Where it stands.</param>
    private Formula Resource(ResourceClause clause, bool isOfResource, string origin)
    {
        if (clause.Patterns.IsEmpty)
        {
            return False;
        }

        Formula some = Or(
            origin,
            [
                atoms.In(atoms.Resource,
                    PolicyText.Set(TextComparison.Resource, clause.Patterns.Where(p => !p.HasVariables).Select(p => isOfResource ? InFull(p) : p))),
                .. clause.Patterns.Where(p => p.HasVariables).Select(p => Conditions.MatchesVariable(atoms.Resource, TextComparison.Resource, p, origin)),
            ]);
        return clause.IsNot ? Not(some) : some;
    }

    /// <summary>API Gateway takes <c>execute-api:/</c> in the policy of an API as the API's own ARN.</summary>
    private static PolicyPattern InFull(PolicyPattern pattern)
    {
        const string Short = "execute-api:/";
        return pattern.Text.StartsWith(Short, StringComparison.Ordinal) ? PolicyPattern.Plain("arn:*:execute-api:*:*:*/" + pattern.Text.Substring(Short.Length))
            : pattern;
    }
}
