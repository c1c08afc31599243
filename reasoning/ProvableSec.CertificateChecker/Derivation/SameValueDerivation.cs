using ProvableSec.CertificateChecker.Values;
using ProvableSec.Policy.Model;
using static ProvableSec.CertificateChecker.Derivation.Formula;

namespace ProvableSec.CertificateChecker.Derivation;

/// <summary>The facts of the assumption <c>linked-keys</c> about keys that have one value under two names.</summary>
internal sealed class SameValueDerivation(Atoms atoms)
{
    private const string Origin = "linked-keys: one value under two names", Tag = ":resourcetag/";

    private readonly List<(string Own, string Global, string Actions)> pairs = [];

    /// <summary>Takes the pairs that the question speaks of, and makes it speak of the global key of each.</summary>
    public void Speak()
    {
        foreach ((string own, string global, string actions) in ((string, string, string)[])[("s3:resourceaccount", "aws:resourceaccount", "s3:*"),
            ("kms:calleraccount", "aws:principalaccount", "kms:*")])
        {
            if (atoms.Speaks(own))
            {
                atoms.Key(global);
                pairs.Add((own, global, actions));
            }
        }

        foreach (Variable key in atoms.Keys)
        {
            int at = key.Key.IndexOf(Tag, StringComparison.Ordinal);
            if (at > 0 && !key.Key.StartsWith("aws:", StringComparison.Ordinal) && "aws" + key.Key.Substring(at) is var global && atoms.Speaks(global))
            {
                pairs.Add((key.Key, global, key.Key.Substring(0, at) + ":*"));
            }
        }
    }

    /// <summary>The service's own name never comes without the global one, and with the actions of the service neither comes alone.</summary>
    public IEnumerable<Formula> Presence() => pairs.SelectMany(p => (Formula[])
    [
        Implies(Origin, atoms.Present(atoms.Key(p.Own)), atoms.Present(atoms.Key(p.Global))),
        Implies(
            Origin,
            And(Origin, atoms.In(atoms.Action, PolicyText.Set(TextComparison.Action, [PolicyPattern.Plain(p.Actions)])), atoms.Present(atoms.Key(p.Global))),
            atoms.Present(atoms.Key(p.Own))),
    ]);

    /// <summary>Whatever one is compared with, the other compares alike.</summary>
    public IEnumerable<Formula> Tie(Variable key, ValueSet set) => OthersOf(key.Key, set).Select(atoms.Key)
        .Select(other => Implies(Origin, And(Origin, atoms.Present(key), atoms.Present(other)), Same(Origin, atoms.In(key, set), atoms.In(other, set))));

    private IEnumerable<string> OthersOf(string key, ValueSet set) => key switch
    {
        // One is a moment, the other the same moment in seconds: alike where they are compared as moments.
        "aws:currenttime" => set is ParsedSet { Kind: ParsedKind.Date } && atoms.Speaks("aws:epochtime") ? ["aws:epochtime"] : [],
        "aws:epochtime" => set is ParsedSet { Kind: ParsedKind.Date } && atoms.Speaks("aws:currenttime") ? ["aws:currenttime"] : [],
        _ => pairs.Where(p => p.Own == key || p.Global == key).Select(p => p.Own == key ? p.Global : p.Own),
    };
}
