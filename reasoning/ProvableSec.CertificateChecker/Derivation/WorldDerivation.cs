using ProvableSec.CertificateChecker.Values;
using ProvableSec.Policy.Model;
using ProvableSec.ServiceData;
using static ProvableSec.CertificateChecker.Derivation.Formula;

namespace ProvableSec.CertificateChecker.Derivation;

/// <summary>The facts of the assumptions <c>shapes</c> and <c>catalogue</c> (docs/world-model.md), for what a question speaks of.</summary>
internal sealed class WorldDerivation(Atoms atoms)
{
    private const string Shapes = "shapes", Catalogue = "catalogue";

    /// <summary>How actions, resources and the values of keys look.</summary>
    public IEnumerable<(string Origin, Formula Fact)> ShapeFacts()
    {
        yield return (Shapes, atoms.In(atoms.Action, ArnSets.ActionShape));
        yield return (Shapes, atoms.In(atoms.Resource, ArnSets.ResourceShape));
        foreach (Variable key in atoms.Keys)
        {
            ParsedKind? kind = ServiceCatalogue.Default.FindKeyType(key.Key)?.Type switch
            {
                ConditionKeyType.Numeric => ParsedKind.Number,
                ConditionKeyType.Date => ParsedKind.Date,
                ConditionKeyType.IpAddress => ParsedKind.Address,
                ConditionKeyType.Bool => ParsedKind.Truth,
                _ => null,
            };
            if (kind is { } known)
            {
                yield return (Shapes, Not(atoms.In(key, new UnreadableSet(known))));
            }
        }
    }

    /// <summary>
    /// What the service data list for actions that the question names outright. Of a pattern such as <c>s3:Get*</c> nothing follows, since it takes
    /// names that the data do not know.
    /// </summary>
    public IEnumerable<(string Origin, Formula Fact)> CatalogueFacts(CertifiedQuestion question)
    {
        IEnumerable<string> named = question.Documents.SelectMany(d => d.Policy.Statements).SelectMany(s => s.Action.Patterns).Select(p => p.Text)
            .Concat(question.Request.Action?.Texts ?? []);
        foreach (string name in named.Select(n => n.ToLowerInvariant()).Distinct().OrderBy(n => n, StringComparer.Ordinal))
        {
            if (!ServiceCatalogue.Default.TryGetAction(name, out ServiceAction? action))
            {
                continue;
            }

            Formula isAction = atoms.In(atoms.Action, PolicyText.Set(TextComparison.Action, [PolicyPattern.Plain(name)]));
            string[] formats = [.. action.ResourceTypes.SelectMany(r => r.ResourceType.ArnFormats).Distinct().OrderBy(f => f, StringComparer.Ordinal)];
            TextSet resources = formats.Length == 0 ? ArnSets.Texts("*")
                : new TextSet($"formats({string.Join(", ", formats.Select(PolicyText.Quoted))})", [.. formats.Select(ArnSets.Format)]);
            yield return (Catalogue, Implies(Catalogue, isAction, atoms.In(atoms.Resource, resources)));
            foreach (Variable key in atoms.Keys.Where(k => !MayCarry(action, k.Key)))
            {
                yield return (Catalogue, Implies(Catalogue, isAction, Not(atoms.Present(key))));
            }
        }
    }

    /// <summary>The data tell of the keys of the action's own service, and of tags.</summary>
    private static bool MayCarry(ServiceAction action, string key)
    {
        bool told = key.StartsWith(action.ServicePrefix.ToLowerInvariant() + ":", StringComparison.Ordinal) || key == "aws:tagkeys"
            || key.StartsWith("aws:requesttag/", StringComparison.Ordinal) || key.StartsWith("aws:resourcetag/", StringComparison.Ordinal);
        return !told || action.ConditionKeys.Concat(action.ResourceTypes.SelectMany(r => r.ConditionKeys.Concat(r.ResourceType.ConditionKeys))).Any(k => k.Matches(key));
    }
}
