using ProvableSec.CertificateChecker.Values;
using ProvableSec.Policy;
using ProvableSec.ServiceData;

namespace ProvableSec.CertificateChecker.Derivation;

/// <summary>The Booleans of a derivation, numbered from 1 in the order in which it comes upon them.</summary>
/// <param name="keysWithSetOperators">Keys, in lower case, that some condition uses with a set operator: where nobody knows better they may have several
/// values.</param>
internal sealed class Atoms(ISet<string> keysWithSetOperators)
{
    private readonly List<Atom> atoms = [];
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Variable> keys = new(StringComparer.Ordinal);

    public Variable Action { get; } = new("action", "", true, false);

    public Variable Resource { get; } = new("resource", "", true, false);

    /// <summary>Who asks: an ARN as <c>aws:PrincipalArn</c> has it, <c>service NAME</c>, <c>provider NAME</c>, or <c>*</c>.</summary>
    public Variable Caller { get; } = new("caller", "", true, false);

    /// <summary>The name of a role session; absent for others, and where it is not known.</summary>
    public Variable Session { get; } = new("session", "", false, false);

    /// <summary>The keys spoken of so far.</summary>
    public IEnumerable<Variable> Keys => keys.Values.OrderBy(k => k.Key, StringComparer.Ordinal).ToArray();

    public int Count => atoms.Count;

    public Atom this[int number] => atoms[number - 1];

    /// <summary>A condition key.</summary>
    public Variable Key(string key)
    {
        string folded = key.ToLowerInvariant();
        if (!keys.TryGetValue(folded, out Variable? variable))
        {
            keys.Add(folded, variable = new Variable("key " + PolicyText.Quoted(folded), folded, false,
                ServiceCatalogue.Default.FindKeyType(folded)?.IsMultivalued ?? keysWithSetOperators.Contains(folded)));
        }

        return variable;
    }

    public bool Speaks(string foldedKey) => keys.ContainsKey(foldedKey);

    public Formula Present(Variable variable) => variable.IsAlwaysPresent ? Formula.True
        : Formula.Atom(Number(new Atom(AtomKind.Present, variable.Name + " is present", variable)));

    /// <summary>Some value is in the set.</summary>
    public Formula In(Variable variable, ValueSet set) => Formula.Atom(Number(new Atom(AtomKind.In, $"{variable.Name} in {set.Name}", variable, set)));

    /// <summary>The key is true.</summary>
    public Formula IsTrue(string key) => In(Key(key), new NamedSet("Bool(\"true\")", ParsedKind.Truth, [true]));

    /// <summary>Some value is outside the set.</summary>
    public Formula Outside(Variable variable, ValueSet set) => variable.IsMultivalued
        ? Formula.Atom(Number(new Atom(AtomKind.Outside, $"{variable.Name} outside {set.Name}", variable, set)))
        : Formula.And("", Present(variable), Formula.Not(In(variable, set)));

    public Formula Reading(Reading reading) =>
        Formula.Atom(Number(new Atom(AtomKind.Reading, "reading " + ReadingNames.Of(reading).Single(), Reading: reading)));

    /// <summary>Something of which no more is known.</summary>
    public Formula Free(string name) => Formula.Atom(Number(new Atom(AtomKind.Free, name)));

    /// <summary>The number of an atom; the same words are the same atom.</summary>
    public int Number(Atom atom)
    {
        if (!numbers.TryGetValue(atom.Name, out int number))
        {
            atoms.Add(atom);
            numbers.Add(atom.Name, number = atoms.Count);
        }

        return number;
    }
}
