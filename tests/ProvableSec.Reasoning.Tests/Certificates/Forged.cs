using System.Text.Json.Nodes;
using ProvableSec.CertificateChecker;
using ProvableSec.CertificateChecker.Derivation;
using ProvableSec.CertificateChecker.Format;
using ProvableSec.Policy.Text;

namespace ProvableSec.Reasoning.Tests.Certificates;

/// <summary>A certificate written by hand for a claim, whether or not the claim holds: the checker's own atoms and clauses, and whatever follows is said
/// to.</summary>
internal sealed class Forged
{
    private readonly string claim;
    private readonly JsonArray clauses = [], lemmas = [], steps = [];
    private readonly SortedDictionary<int, string> named = [];

    /// <param name="claim">The claim, as JSON.</param>
    public Forged(string claim)
    {
        this.claim = claim;
        var derivation = new QuestionDerivation(CertificateReader.Read(new DocumentText(Text([]))).Question);
        Atoms = derivation.Atoms;
        Derived = derivation.Clauses.All;
    }

    /// <summary>A claim that no request is allowed by a document which allows some.</summary>
    public static Forged NothingAllowed(string document, string more = "") => new(
        $$"""{"question":"can","type":"identity","readings":"all","given":[],"documents":[{"name":"","text":{{PolicyText.Quoted(document)}}}],"policy":0{{more}}}""");

    public Atoms Atoms { get; }

    /// <summary>What does follow from the claim.</summary>
    public IReadOnlyList<Clause> Derived { get; }

    public Forged Clause(string from, params int[] literals) => Add(clauses, literals, new JsonObject { ["from"] = from, ["literals"] = Numbers(literals) });

    public Forged Lemma(string about, params int[] literals) => Add(lemmas, literals, new JsonObject { ["about"] = about, ["literals"] = Numbers(literals) });

    public Forged Step(int[] literals, params int[] by) => Add(steps, literals, new JsonObject { ["literals"] = Numbers(literals), ["by"] = Numbers(by) });

    /// <summary>Every clause that follows from the claim.</summary>
    public Forged AllClauses()
    {
        foreach (Clause clause in Derived)
        {
            Clause(clause.Origin, [.. clause.Literals]);
        }

        return this;
    }

    /// <summary>Other words for an atom.</summary>
    public Forged Naming(int atom, string name)
    {
        named[atom] = name;
        return this;
    }

    public CertificateReport Check() =>
        CertificateCheck.Run(new DocumentText(Text([.. named.Select(a => (JsonNode)new JsonObject { ["id"] = a.Key, ["is"] = a.Value })])));

    private Forged Add(JsonArray to, int[] literals, JsonObject clause)
    {
        to.Add(clause);
        foreach (int atom in literals.Select(Math.Abs).Where(a => a >= 1 && a <= Atoms.Count))
        {
            named.TryAdd(atom, Atoms[atom].Name);
        }

        return this;
    }

    private string Text(JsonArray atoms) => new JsonObject
    {
        ["v"] = 2,
        ["claim"] = JsonNode.Parse(claim),
        ["atoms"] = atoms,
        ["clauses"] = clauses.DeepClone(),
        ["lemmas"] = lemmas.DeepClone(),
        ["steps"] = steps.DeepClone(),
    }.ToJsonString();

    private static JsonArray Numbers(IEnumerable<int> numbers) => [.. numbers.Select(n => (JsonNode)n)];
}
