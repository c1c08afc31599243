using System.Text.Encodings.Web;
using System.Text.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Rendering;

/// <summary>The parts of SARIF 2.1.0 (OASIS) that every report has.</summary>
/// <param name="json">Takes the log.</param>
/// <param name="rules">What the results may be about.</param>
/// <param name="pathOf">A file as other machines can find it.</param>
/// <param name="textOf">A message as other machines can read it.</param>
internal sealed class SarifWriter(Utf8JsonWriter json, IReadOnlyList<SarifRule> rules, Func<string, string> pathOf, Func<string, string> textOf)
{
    /// <summary>How a log is written.</summary>
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true, NewLine = "\n" };

    /// <summary>Begins the log and its one run; <see cref="End"/> ends them.</summary>
    public void Begin()
    {
        json.WriteStartObject();
        json.WriteString("$schema", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json");
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        WriteTool();
        json.WriteString("columnKind", "utf16CodeUnits");
    }

    public void End()
    {
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Which rule a result is about.</summary>
    public void Rule(string id)
    {
        json.WriteString("ruleId", id);
        for (int i = 0; i < rules.Count; i++)
        {
            if (rules[i].Id == id)
            {
                json.WriteNumber("ruleIndex", i);
                return;
            }
        }
    }

    public void Message(string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", Plain(textOf(text)));
        json.WriteEndObject();
    }

    /// <summary>A message may hold links, <c>[words](place)</c>; the texts of a file are none (SARIF 2.1.0, 3.11.6 "Messages with embedded links").</summary>
    private static string Plain(string text)
    {
        string clean = string.Join('\n', text.Split('\n').Select(Printable.Clean));
        return clean.Contains("](", StringComparison.Ordinal) ? clean.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal) : clean;
    }

    public void Locations(ReportPlace place) => Locations("locations", place);

    /// <summary>Writes a list of one place.</summary>
    public void Locations(string name, ReportPlace place) => Locations(name, [place]);

    /// <summary>Writes a list of places; none where none has a file.</summary>
    public void Locations(string name, IEnumerable<ReportPlace> places)
    {
        ReportPlace[] known = [.. places.Where(place => place.File.Length > 0)];
        if (known.Length == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (ReportPlace place in known)
        {
            Write(place);
        }

        json.WriteEndArray();
    }

    public static string Level(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "note",
    };

    private void Write(ReportPlace place)
    {
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", Uri(pathOf(place.File)));
        json.WriteEndObject();
        if (place.Start.Line > 0)
        {
            json.WriteStartObject("region");
            Position("start", place.Start);
            if (place.End.CompareTo(place.Start) > 0)
            {
                Position("end", place.End);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteTool()
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "provablesec");
        json.WriteString("version", VersionText.Version);
        json.WriteStartArray("rules");
        foreach (SarifRule rule in rules)
        {
            json.WriteStartObject();
            json.WriteString("id", rule.Id);
            Message("shortDescription", rule.Says.Length > 0 ? rule.Says : rule.Id);
            if (rule.Help is { } help)
            {
                Message("help", help);
            }

            if (rule.HelpUri is { } link)
            {
                json.WriteString("helpUri", link);
            }

            json.WriteStartObject("defaultConfiguration");
            json.WriteString("level", Level(rule.Severity));
            json.WriteEndObject();
            if (rule.Tags.Count > 0)
            {
                json.WriteStartObject("properties");
                json.WriteStartArray("tags");
                foreach (string tag in rule.Tags)
                {
                    json.WriteStringValue(tag);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void Position(string which, LinePosition at)
    {
        json.WriteNumber(which + "Line", at.Line);
        json.WriteNumber(which + "Column", at.Column);
    }

    private static string Uri(string path) => string.Join('/', path.Split('/').Select(System.Uri.EscapeDataString));
}
