using System.Globalization;
using System.Text;
using ProvableSec.CertificateChecker.Derivation;
using ProvableSec.CertificateChecker.Format;
using ProvableSec.CertificateChecker.Proofs;
using ProvableSec.Policy.Json;

namespace ProvableSec.Certificates;

/// <summary>A certificate as JSON, a line for each clause.</summary>
internal static class CertificateText
{
    public static string Write(string claim, QuestionDerivation derivation, TrimmedProof proof)
    {
        var used = new SortedSet<int>(proof.Clauses.SelectMany(c => c.Literals).Concat(proof.Lemmas.SelectMany(l => l))
            .Concat(proof.Steps.SelectMany(s => s.Literals)).Select(Math.Abs));
        var text = new StringBuilder();
        text.Append("{\"v\":").Append(CertificateReader.Version).Append(",\n\"claim\":").Append(claim);
        Section(text, "atoms", used.Select(n => $"{{\"id\":{n.ToString(CultureInfo.InvariantCulture)},\"is\":{Quoted(derivation.Atoms[n].Name)}}}"));
        Section(text, "clauses", proof.Clauses.Select(c => $"{{\"from\":{Quoted(c.Origin)},\"literals\":{Numbers(c.Literals)}}}"));
        Section(text, "lemmas", proof.Lemmas.Select(l => $"{{\"about\":{Quoted(LemmaCheck.About(derivation.Atoms, l)!.Name)},\"literals\":{Numbers(l)}}}"));
        Section(text, "steps", proof.Steps.Select(s => $"{{\"literals\":{Numbers(s.Literals)},\"by\":{Numbers(s.By)}}}"));
        return text.Append("}\n").ToString();
    }

    public static string Quoted(string text)
    {
        var quoted = new StringBuilder();
        JsonEscapes.AppendQuoted(quoted, text);
        return quoted.ToString();
    }

    private static void Section(StringBuilder text, string name, IEnumerable<string> lines) =>
        text.Append(",\n\"").Append(name).Append("\":[\n").Append(string.Join(",\n", lines)).Append("\n]");

    private static string Numbers(IEnumerable<int> numbers) => $"[{string.Join(",", numbers.Select(n => n.ToString(CultureInfo.InvariantCulture)))}]";
}
