using ProvableSec.Reasoning.Formulas;
using ProvableSec.Reasoning.Values;

namespace ProvableSec.Reasoning.Assumptions;

/// <summary>
/// Keys that two services of AWS send under two names with one value (IAM User Guide, "AWS global condition context keys"; Amazon S3, AWS KMS and
/// Amazon EC2 condition keys in the Service Authorization Reference). What is asked of one is asked of the other.
/// </summary>
internal sealed class SameValueKeys(RequestFormulas formulas)
{
    private const string ResourceTag = "aws:resourcetag/", CurrentTime = "aws:currenttime", EpochTime = "aws:epochtime";

    // The service's name of a global key, and the actions with which both are sent.
    private static readonly (string Own, string Global, TextSet Actions)[] OfServices =
    [
        ("s3:resourceaccount", "aws:resourceaccount", ActionSets.Of("s3:*")),
        ("kms:calleraccount", "aws:principalaccount", ActionSets.Of("kms:*")),
    ];

    private readonly FormulaBuilder graph = formulas.Graph;
    private (string Own, string Global, TextSet Actions)[] pairs = [];
    private int spokenOf;

    /// <summary>Makes the question speak of the global key where it speaks of the service's, whose value follows from it.</summary>
    /// <returns>True when there are pairs that there were not before, so that atoms have to be tied anew.</returns>
    public bool Speak()
    {
        foreach ((string own, string global, TextSet _) in OfServices)
        {
            if (formulas.Speaks(own))
            {
                formulas.Key(global);
            }
        }

        if (spokenOf == formulas.Variables.Count)
        {
            return false;
        }

        int before = pairs.Length;
        spokenOf = formulas.Variables.Count;
        pairs = [.. Pairs()];
        return pairs.Length > before;
    }

    /// <summary>That the service's own name comes with the global one, and on the service's actions the other way round.</summary>
    public IEnumerable<Formula> Presence()
    {
        foreach ((string own, string global, TextSet actions) in pairs)
        {
            Formula one = formulas.Present(formulas.Key(own)), other = formulas.Present(formulas.Key(global));
            yield return graph.Or(!one, other);
            yield return graph.Or(!formulas.Exists(formulas.Action, actions), one, !other);
        }
    }

    /// <summary>That what an atom says of one of two keys is so of the other.</summary>
    public IEnumerable<Formula> Tie(RequestAtom atom)
    {
        if (atom is not { Kind: AtomKind.Exists, Variable: { IsAlwaysPresent: false } key, Set: { } set })
        {
            yield break;
        }

        foreach (string other in OthersOf(key.Name, set))
        {
            RequestVariable same = formulas.Key(other);
            Formula both = graph.And(formulas.Present(key), formulas.Present(same)), one = formulas.Exists(key, set), its = formulas.Exists(same, set);
            yield return graph.Or(!both, graph.And(graph.Or(!one, its), graph.Or(one, !its)));
        }
    }

    private IEnumerable<string> OthersOf(string key, ValueSet set)
    {
        if (key is CurrentTime or EpochTime)
        {
            string other = key == CurrentTime ? EpochTime : CurrentTime;
            return set.Kind == ValueKind.Date && formulas.Speaks(other) ? [other] : [];
        }

        return pairs.Length == 0 ? [] : pairs.Where(p => p.Own == key || p.Global == key).Select(p => p.Own == key ? p.Global : p.Own);
    }

    /// <summary>The pairs of which the question speaks.</summary>
    private IEnumerable<(string Own, string Global, TextSet Actions)> Pairs()
    {
        foreach ((string own, string global, TextSet actions) in OfServices)
        {
            if (formulas.Speaks(own) && formulas.Speaks(global))
            {
                yield return (own, global, actions);
            }
        }

        foreach (RequestVariable variable in formulas.Variables)
        {
            int tag = variable.Name.IndexOf(":resourcetag/", StringComparison.Ordinal);
            if (tag > 0 && !variable.Name.StartsWith("aws:", StringComparison.Ordinal)
                && ResourceTag + variable.Name.Substring(tag + ":resourcetag/".Length) is var global && formulas.Speaks(global))
            {
                yield return (variable.Name, global, ActionSets.Of(variable.Name.Substring(0, tag) + ":*"));
            }
        }
    }
}
