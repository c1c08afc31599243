using ProvableSec.CertificateChecker.Values;
using ProvableSec.Policy;
using ProvableSec.ServiceData;
using static ProvableSec.CertificateChecker.Derivation.Formula;

namespace ProvableSec.CertificateChecker.Derivation;

/// <summary>The facts of the assumption <c>shapes</c> (docs/world-model.md), for what a question speaks of.</summary>
internal sealed class ShapeDerivation(Atoms atoms, CallerDerivation callers)
{
    private static readonly string[] Partitions = ["aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc"];

    /// <summary>How actions, resources, callers and the values of keys look.</summary>
    public IEnumerable<Formula> Facts()
    {
        yield return atoms.In(atoms.Action, ArnSets.ActionShape);
        yield return atoms.In(atoms.Resource, ArnSets.ResourceShape);
        yield return atoms.In(atoms.Resource, ArnSets.InPartitions(Partitions, orStar: true));
        yield return Implies("", callers.HasAccount, callers.In(ArnSets.InPartitions(Partitions, orStar: false)));
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
                yield return Not(atoms.In(key, new UnreadableSet(known)));
            }
        }

        foreach (Formula fact in NameFacts())
        {
            yield return fact;
        }
    }

    /// <summary>Names of users, roles and sessions hold few characters: said of each other one with which the question compares them.</summary>
    private IEnumerable<Formula> NameFacts()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int number = 1; number <= atoms.Count; number++)
        {
            if (atoms[number] is not { Kind: AtomKind.In, Set: TextSet set, Variable: { } variable })
            {
                continue;
            }

            if (variable == atoms.Session || variable.Key == "aws:username")
            {
                foreach (char c in set.Patterns(Reading.None).SelectMany(p => p).Where(p => p.Kind == PlaceKind.Exact && !IsOfName(p.Character))
                    .Select(p => p.Character))
                {
                    if (seen.Add($"{variable.Name} {c}"))
                    {
                        yield return Not(atoms.In(variable, ArnSets.Holding(c)));
                    }
                }
            }
            else if (variable == atoms.Caller)
            {
                foreach (string text in set.Texts)
                {
                    string last = text.Substring(text.LastIndexOf('/') + 1);
                    if (text.StartsWith("arn:", StringComparison.Ordinal) && last.Length < text.Length && !last.All(IsOfName) && seen.Add(last))
                    {
                        yield return Not(callers.In(ArnSets.LastNamed(last)));
                    }
                }
            }
        }
    }

    private static bool IsOfName(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '+' or '=' or ',' or '.' or '@'
        or '-';
}
