using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Assumptions;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Translation;
using ProvableSec.ServiceData;

namespace ProvableSec.Reasoning.Proving;

/// <summary>
/// What is odd about the documents of a question, and how it was taken: elements where AWS takes none, and names that the service data do not
/// know. It is decided all the same.
/// </summary>
internal static class QuestionWarnings
{
    /// <summary>At most this many are told; a document in which everything is unknown says the rest itself.</summary>
    private const int Most = 20;

    public static IEnumerable<string> Of(Query query)
    {
        IEnumerable<string> found = [];
        foreach ((string name, Subject? subject) in ((string, Subject?)[])[("", query.Subject), ("baseline ", query.Baseline)])
        {
            if (subject?.Document is { } document)
            {
                found = found.Concat(Unknown(document, name.Length > 0 ? "baseline" : "policy"));
            }

            foreach ((PolicySlot slot, PolicyDocument placed) in subject?.Stack?.Documents() ?? [])
            {
                found = found.Concat(Misplaced(placed, slot, name + slot)).Concat(Unknown(placed, name + slot));
            }
        }

        found = found.Concat(Impossible(query));
        return (query.Property is { } property
            ? found.Concat(Unknown(property, "property", actions: query.Warnings.All(w => w.Code != ProblemCode.UnknownAction))) : found).Distinct().Take(Most);
    }

    /// <summary>Callers and resources that the question names and that no request has.</summary>
    private static IEnumerable<string> Impossible(Query query)
    {
        if (query.World == World.Free || query.Without.Contains(AssumptionName.Shapes))
        {
            yield break;
        }

        foreach ((string member, FieldPattern? pattern) in ((string, FieldPattern?)[])[("principal", query.Request.Principal),
            ("resource", query.Request.Resource)])
        {
            foreach (string literal in pattern?.Literals ?? ImmutableArray<string>.Empty)
            {
                string[] fields = literal.Split([':'], 6);
                if (fields is ["arn", var partition, _, _, _, _])
                {
                    if (!NameShapes.Partitions.Contains(partition))
                    {
                        yield return $"the {member} \"{literal}\" is in no partition that AWS has, so no request has it";
                    }
                }
                else if (member == "resource" && literal != "*")
                {
                    yield return $"the resource \"{literal}\" is not an ARN (arn:PARTITION:SERVICE:REGION:ACCOUNT:NAME), so no request has it";
                }
            }
        }
    }

    private static IEnumerable<string> Misplaced(PolicyDocument document, PolicySlot slot, string name)
    {
        PrincipalElement principal = PolicyLayers.Of(slot.Layer).Principal;
        foreach (Statement statement in document.Statements)
        {
            if (statement.Principal is null && principal == PrincipalElement.Required)
            {
                yield return $"{name} statement {statement.Index}: without Principal it speaks of nobody";
            }
            else if (statement.Principal is null && principal == PrincipalElement.Implied)
            {
                yield return $"{name} statement {statement.Index}: a resource control policy needs Principal \"*\", which is taken as meant";
            }
            else if (statement.Principal is not null && principal == PrincipalElement.None)
            {
                yield return $"{name} statement {statement.Index}: AWS takes no Principal here; it is compared with the caller all the same";
            }
        }
    }

    /// <param name="document">The document.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="actions">False where whoever read it has warned of its actions already.</param>
    private static IEnumerable<string> Unknown(PolicyDocument document, string name, bool actions = true)
    {
        foreach (Statement statement in document.Statements)
        {
            StatementSets kept = StatementSets.Of(statement);
            (string[] ofActions, string[] ofKeys) = kept.Unknown ??= ([.. UnknownActions(statement)], [.. UnknownKeys(statement)]);
            foreach (string unknown in actions ? ofActions : [])
            {
                yield return $"{name} statement {statement.Index}: {unknown}";
            }

            foreach (string unknown in ofKeys)
            {
                yield return $"{name} statement {statement.Index}: {unknown}";
            }
        }
    }

    private static IEnumerable<string> UnknownActions(Statement statement)
    {
        // Most actions of a statement are of one service, and known.
        string prefix = "";
        Service? service = null;
        foreach (PolicyPattern pattern in statement.Action.Patterns)
        {
            string text = pattern.Text;
            if (service is not null && text.Length > prefix.Length && text[prefix.Length] == ':' && text.StartsWith(prefix, StringComparison.Ordinal)
                && service.TryGetAction(text.Substring(prefix.Length + 1), out _))
            {
                continue;
            }

            // Of those that match nothing the reader warns.
            if (ActionSyntax.WhyItMatchesNothing(text) is not null)
            {
                continue;
            }

            int colon = text.IndexOf(':');
            if (colon <= 0 || text.IndexOfAny(['*', '?']) is var wild && wild >= 0 && wild < colon)
            {
                continue;
            }

            prefix = text.Substring(0, colon);
            if (!ServiceCatalogue.Default.TryGetService(prefix, out service))
            {
                yield return $"the service data know no service of the action \"{text}\"";
            }
            else if (wild < 0 && !service.TryGetAction(text.Substring(colon + 1), out _))
            {
                yield return $"the service data know no action \"{text}\"";
            }
        }
    }

    private static IEnumerable<string> UnknownKeys(Statement statement)
    {
        foreach (Condition condition in statement.Conditions)
        {
            // The keys of web identity providers begin with the provider's host name, and anybody can run one.
            if (condition.Key.IndexOf(':') is var colon && colon > 0 && condition.Key.IndexOf('.') is var dot && (dot < 0 || dot > colon)
                && ServiceCatalogue.Default.FindKeyType(condition.Key) is null)
            {
                yield return $"the service data know no condition key \"{condition.Key}\"";
            }
        }
    }
}
