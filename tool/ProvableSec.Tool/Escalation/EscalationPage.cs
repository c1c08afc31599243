using System.Globalization;
using System.Net;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using ProvableSec.Reasoning.Explanations;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules.Escalation;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Escalation;

/// <summary>
/// The page of a graph: its diagram, and of each user and role a section with its shortest path, each step with requests that are allowed. It is one file; its
/// policy lets its own script run, by its hash, and nothing be fetched. Without the script all of it can be read.
/// </summary>
internal sealed class EscalationPage
{
    private static readonly Lazy<string> Script = new(() => Asset("escalation.js")), Style = new(() => Asset("escalation.css"));

    private readonly StringBuilder page = new();
    private readonly EscalationGraph graph;
    private readonly IReadOnlyList<IReadOnlyList<EscalationStep>> chains;
    private readonly Dictionary<string, string> sections;
    private int number;

    private EscalationPage(EscalationGraph graph)
    {
        this.graph = graph;
        chains = graph.Chains();
        sections = chains.Select((chain, i) => (chain[0].From, i)).ToDictionary(one => one.From, one => string.Create(CultureInfo.InvariantCulture,
            $"p{one.i + 1}"),
            StringComparer.Ordinal);
    }

    /// <summary>Writes the page.</summary>
    public static string Of(EscalationGraph graph) => new EscalationPage(graph).Write();

    private string Write()
    {
        string hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Script.Value)));
        page.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
            + $"script-src 'sha256-{hash}'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'\">\n");
        page.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<link rel=\"icon\" href=\"data:,\">\n");
        page.Append("<title>Privilege escalation paths</title>\n<style>\n").Append(Style.Value)
            .Append("</style>\n</head>\n<body>\n<h1>Privilege escalation paths</h1>\n");
        page.Append(CultureInfo.InvariantCulture,
            $"<p>{chains.Count} of {Quantity.Of(graph.Principals.Count, "user or role", "users and roles")} can become administrators; {graph.Administrators.Count} already "
                + $"{(graph.Administrators.Count == 1 ? "is one" : "are")}. Each step is shown by requests that are allowed; a step that is not found is not proved impossible.</p>\n");
        if (chains.Count > 0)
        {
            WritePicture();
        }

        foreach (IReadOnlyList<EscalationStep> chain in chains)
        {
            WriteChain(chain);
        }

        WriteOpen();
        WriteUndecided();
        if (chains.Count > 0)
        {
            page.Append("<script>").Append(Script.Value).Append("</script>\n");
        }

        return page.Append("</body>\n</html>\n").ToString();
    }

    private void WritePicture()
    {
        page.Append("<div class=\"tools\" role=\"search\"><input id=\"search\" type=\"search\" placeholder=\"Find a user or role ( / )\" aria-label=\"Find a user or role\">"
            + "<span id=\"count\" class=\"quiet\" role=\"status\"></span><button type=\"button\" id=\"out\" aria-label=\"Zoom out\">−</button>"
            + "<button type=\"button\" id=\"in\" aria-label=\"Zoom in\">+</button><button type=\"button\" id=\"fit\">All</button></div>\n");
        page.Append("<div id=\"picture\" tabindex=\"0\" role=\"group\" aria-label=\"Diagram: plus and minus zoom, arrows move, 0 shows all\">\n")
            .Append(SvgDiagram.Of(EscalationDiagram.Of(graph), box => box.Members.Select(member => sections.GetValueOrDefault(member)).FirstOrDefault(id =>
                id is not null)))
            .Append("</div>\n<p class=\"hint quiet\">Drag to move, + and − or Ctrl and the wheel to zoom, / to search. Steps that bring nobody nearer to administrator are not drawn.</p>\n");
        page.Append("<h2>Shortest paths</h2>\n");
    }

    private void WriteChain(IReadOnlyList<EscalationStep> chain)
    {
        string who = chain[0].From;
        page.Append($"<section class=\"who\" id=\"{sections[who]}\" data-name=\"{Text(who.ToLowerInvariant())}\">\n<h3><code>{Text(who)}</code> ")
            .Append($"<span class=\"bad\">{Quantity.Of(chain.Count, "step")}</span></h3>\n<ol>\n");
        foreach (EscalationStep step in chain)
        {
            WriteStep(step);
        }

        page.Append("</ol>\n");
        EscalationStep[] others = [.. graph.Steps.Where(step => step.From == who && !chain.Contains(step))];
        if (others.Length > 0)
        {
            page.Append($"<details><summary>{Quantity.Of(others.Length, "other step")}</summary>\n<ul>\n");
            foreach (EscalationStep step in others)
            {
                WriteStep(step);
            }

            page.Append("</ul>\n</details>\n");
        }

        page.Append("</section>\n");
    }

    private void WriteStep(EscalationStep step)
    {
        string to = $"<code>{Text(step.To)}</code>";
        page.Append($"<li><code>{Text(step.Way)}</code> → {(sections.TryGetValue(step.To, out string? id) ? $"<a href=\"#{id}\">{to}</a>" : to)}");
        foreach (Witness proof in step.Proofs)
        {
            page.Append($"<div class=\"req\">{Text(WitnessText.InOneLine(proof))}</div>");
        }

        page.Append("</li>\n");
    }

    private void WriteOpen()
    {
        if (graph.Open.Count == 0)
        {
            return;
        }

        page.Append("<h2>Steps to somebody whom the dump does not tell</h2>\n<p class=\"quiet\">They are allowed, but whose role or policy they lead to is not in the dump.</p>\n");
        foreach (var steps in graph.Open.GroupBy(step => step.From))
        {
            page.Append($"<section class=\"who maybe\" id=\"more{++number}\" data-name=\"{Text(steps.Key.ToLowerInvariant())}\"><h3><code>{Text(steps.Key)}</code></h3>")
                .Append($"<p>{string.Join(", ", steps.Select(step => $"<code>{Text(step.Way)}</code>"))}</p></section>\n");
        }
    }

    private void WriteUndecided()
    {
        if (graph.Undecided.Count == 0)
        {
            return;
        }

        page.Append("<h2>Unknown</h2>\n");
        foreach ((string principal, string reason) in graph.Undecided)
        {
            page.Append($"<section class=\"who maybe\" id=\"more{++number}\" data-name=\"{Text(principal.ToLowerInvariant())}\"><h3><code>{Text(principal)}</code></h3>")
                .Append($"<p class=\"open\">{Text(reason)}</p></section>\n");
        }
    }

    private static string Text(string text) => WebUtility.HtmlEncode(Printable.Clean(text));

    private static string Asset(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("escalation/" + name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
