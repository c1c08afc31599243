using System.Globalization;
using System.Text;
using ProvableSec.Policy;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Documents;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ProvableSec.Rules.Yaml;

/// <summary>
/// YAML as JSON, each token mapped to where it stands; the short forms of CloudFormation's functions become the long ones (<c>!Sub x</c> is
/// <c>{"Fn::Sub": "x"}</c>), anchors what they stand for.
/// </summary>
public sealed class YamlText
{
    // Anchors that refer to each other could make a small file a huge one.
    private const int MostTokens = 1 << 20;

    private readonly MappedTextBuilder json = new();
    private readonly Dictionary<string, List<ParsingEvent>> anchors = new(StringComparer.Ordinal);
    private readonly IEnumerator<ParsingEvent> events;
    private int tokens;

    private YamlText(IEnumerator<ParsingEvent> events) => this.events = events;

    /// <summary>Whether a file is YAML, by its name; a template without one by its beginning.</summary>
    public static bool IsYaml(SourceText source) =>
        source.Name.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || source.Name.EndsWith(".yml", StringComparison.OrdinalIgnoreCase)
        || (source.Name.EndsWith(".template", StringComparison.OrdinalIgnoreCase) && !source.Text.AsSpan().TrimStart().StartsWith("{", StringComparison.Ordinal));

    /// <summary>The first document of the text.</summary>
    /// <param name="source">The YAML.</param>
    /// <param name="problem">Why there is none.</param>
    public static MappedText? ToJson(SourceText source, out PolicyProblem? problem)
    {
        problem = null;
        try
        {
            using IEnumerator<ParsingEvent> events = Parse(source.Text).GetEnumerator();
            var yaml = new YamlText(events);
            while (events.MoveNext())
            {
                if (events.Current is DocumentStart)
                {
                    events.MoveNext();
                    yaml.Value();
                    return yaml.json.Build();
                }
            }

            problem = At(source, 0, "the file holds no YAML document");
        }
        catch (YamlException e)
        {
            problem = At(source, (int)e.Start.Index, e.InnerException?.Message ?? e.Message);
        }

        return null;
    }

    private static IEnumerable<ParsingEvent> Parse(string text)
    {
        var parser = new Parser(new StringReader(text));
        while (parser.MoveNext())
        {
            yield return parser.Current!;
        }
    }

    private static PolicyProblem At(SourceText source, int offset, string message) =>
        new(ProblemCode.InvalidJson, "no YAML: " + message, new TextSpan(Math.Min(offset, source.Text.Length), 0), "", source.PositionOf(offset), source.Name);

    private static TextSpan SpanOf(ParsingEvent from) => TextSpan.FromBounds((int)from.Start.Index, (int)Math.Max(from.Start.Index, from.End.Index));

    private void Value()
    {
        ParsingEvent current = events.Current;
        if (++tokens > MostTokens)
        {
            throw new YamlException(current.Start, current.End, "the file has too many values");
        }

        if (current is AnchorAlias alias)
        {
            if (!anchors.TryGetValue(alias.Value.Value, out List<ParsingEvent>? stands))
            {
                throw new YamlException(current.Start, current.End, $"nothing is called &{alias.Value.Value}");
            }

            Replay(stands);
            return;
        }

        if (current is NodeEvent { Anchor.IsEmpty: false } node)
        {
            List<ParsingEvent> recorded = Record();
            anchors[node.Anchor.Value] = recorded;
            Replay(recorded);
            return;
        }

        Node(current);
    }

    /// <summary>The events of the value at hand; afterwards its last one is at hand.</summary>
    private List<ParsingEvent> Record()
    {
        var recorded = new List<ParsingEvent>();
        int depth = 0;
        do
        {
            if (recorded.Count > 0)
            {
                events.MoveNext();
            }

            ParsingEvent current = events.Current;
            depth += current is MappingStart or SequenceStart ? 1 : current is MappingEnd or SequenceEnd ? -1 : 0;
            recorded.Add(recorded.Count == 0 ? WithoutAnchor(current) : current);
        }
        while (depth > 0);
        return recorded;
    }

    private void Replay(List<ParsingEvent> recorded)
    {
        var inner = new YamlText(recorded, json, anchors, tokens);
        inner.events.MoveNext();
        inner.Node(inner.events.Current);
        tokens = inner.tokens;
    }

    private YamlText(List<ParsingEvent> recorded, MappedTextBuilder json, Dictionary<string, List<ParsingEvent>> anchors, int tokens)
        : this(recorded.GetEnumerator())
    {
        this.json = json;
        this.anchors = anchors;
        this.tokens = tokens;
    }

    private static ParsingEvent WithoutAnchor(ParsingEvent from) => from switch
    {
        Scalar scalar => new Scalar(AnchorName.Empty, scalar.Tag, scalar.Value, scalar.Style, scalar.IsPlainImplicit, scalar.IsQuotedImplicit, scalar.Start, scalar.End),
        MappingStart mapping => new MappingStart(AnchorName.Empty, mapping.Tag, mapping.IsImplicit, mapping.Style, mapping.Start, mapping.End),
        SequenceStart sequence => new SequenceStart(AnchorName.Empty, sequence.Tag, sequence.IsImplicit, sequence.Style, sequence.Start, sequence.End),
        _ => from,
    };

    private void Node(ParsingEvent current)
    {
        string? function = current is NodeEvent { Tag: { IsEmpty: false } tag } && tag.Value.Length > 1 && tag.Value[0] == '!' ? tag.Value.Substring(1) : null;
        if (function is not null)
        {
            json.Add($"{{{Quoted(function is "Ref" or "Condition" ? function : "Fn::" + function)}:", SpanOf(current));
        }

        switch (current)
        {
            case Scalar scalar:
                Scalar(scalar, function is not null);
                break;
            case SequenceStart start:
                json.Add("[", SpanOf(start));
                for (bool first = true; events.MoveNext() && events.Current is not SequenceEnd; first = false)
                {
                    json.Add(first ? "" : ",", SpanOf(events.Current));
                    Value();
                }

                json.Add("]", SpanOf(events.Current));
                break;
            case MappingStart start:
                json.Add("{", SpanOf(start));
                for (bool first = true; events.MoveNext() && events.Current is not MappingEnd; first = false)
                {
                    json.Add(first ? "" : ",", SpanOf(events.Current));
                    if (events.Current is not Scalar key)
                    {
                        throw new YamlException(events.Current.Start, events.Current.End, "a key must be a text");
                    }

                    json.Add(Quoted(key.Value), SpanOf(key)).Add(":", SpanOf(key));
                    events.MoveNext();
                    Value();
                }

                json.Add("}", SpanOf(events.Current));
                break;
            default:
                throw new YamlException(current.Start, current.End, "expected a value");
        }

        if (function is not null)
        {
            json.Add("}", SpanOf(current));
        }
    }

    /// <summary>Plain numbers, Booleans and nulls stay what they are (YAML 1.1, as CloudFormation reads it); a plain date is a text.</summary>
    private void Scalar(Scalar scalar, bool isArgument)
    {
        bool isPlain = scalar.Style == ScalarStyle.Plain && !isArgument;
        string text = scalar.Value;
        string value = isPlain && text is "" or "~" or "null" or "Null" or "NULL" ? "null"
            : isPlain && text is "true" or "True" or "TRUE" ? "true"
            : isPlain && text is "false" or "False" or "FALSE" ? "false"
            : isPlain && IsNumber(text) ? text
            : Quoted(text);
        json.Add(value, SpanOf(scalar));
    }

    private static bool IsNumber(string text) =>
        text.Length > 0 && (text[0] == '-' || IsDigit(text[0])) && !(text.Length > 1 && text[0] == '0' && IsDigit(text[1]))
        && text.All(static c => IsDigit(c) || c is '-' or '.') && double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _)
        && text[text.Length - 1] != '.';

    private static bool IsDigit(char c) => c is >= '0' and <= '9';

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder(text.Length + 2);
        JsonEscapes.AppendQuoted(quoted, text);
        return quoted.ToString();
    }
}
