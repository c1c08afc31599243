using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;

namespace ProvableSec.Policy.Accounts;

/// <summary>
/// Reads the policy documents of a dump: objects, as the command line writes them, or URL-encoded strings (RFC 3986), as the API returns them.
/// Equal texts are one document.
/// </summary>
internal sealed class DumpDocuments
{
    private readonly PolicyLoader loader = new(null, new PolicyCache());
    private readonly Dictionary<string, PolicyDocument> encoded = new(StringComparer.Ordinal);

    /// <summary>Reads a document.</summary>
    /// <param name="value">The object or string.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="problems">Takes the problems.</param>
    /// <returns>The document; null when it has errors.</returns>
    public PolicyDocument? Read(JsonItem value, string name, CaseProblems problems)
    {
        if (value.Kind != JsonKind.String)
        {
            return loader.Read(value, name, problems);
        }

        string text = value.Text;
        if (!encoded.TryGetValue(text, out PolicyDocument? document))
        {
            encoded.Add(text, document = PolicyReader.Read(new DocumentText(Uri.UnescapeDataString(text), value.Document.Source.Name, value.Position)));
        }

        foreach (PolicyProblem problem in document.Problems)
        {
            // An encoded document is one string: its lines are not the file's.
            LinePosition inside = new DocumentText(document.Source.Text).PositionOf(problem.Span.Start);
            problems.Add(value, problem.Code, $"{problem.Message} (at {inside} of the decoded document)");
        }

        return document.HasErrors ? null : document;
    }
}
