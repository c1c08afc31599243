using System.Globalization;
using System.Text;
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
    /// <summary>Characters of a file that is read. CloudFormation takes templates of one million bytes.</summary>
    public const int MaxLength = 1 << 23;

    /// <summary>Values of a file, those of anchors each time they are used: anchors that use each other could make a small file a huge one.</summary>
    public const int MaxValues = 1 << 19;

    /// <summary>Characters of the JSON that a file becomes.</summary>
    public const int MaxJsonLength = 1 << 24;

    private readonly MappedTextBuilder json;
    private readonly Dictionary<string, List<ParsingEvent>> anchors;
    private readonly IEnumerator<ParsingEvent> events;

    // The anchors whose values are being written: one of them inside itself would have no end.
    private readonly List<List<ParsingEvent>> open;
    private int values;
    private int depth;

    private YamlText(IEnumerator<ParsingEvent> events)
    {
        this.events = events;
        json = new MappedTextBuilder();
        anchors = new Dictionary<string, List<ParsingEvent>>(StringComparer.Ordinal);
        open = [];
    }

    /// <summary>Writes the events of an anchor to where another one is at work.</summary>
    private YamlText(List<ParsingEvent> recorded, YamlText user)
    {
        events = recorded.GetEnumerator();
        json = user.json;
        anchors = user.anchors;
        open = user.open;
        values = user.values;
        depth = user.depth;
    }

    /// <summary>Whether a file is YAML, by its name; a template without one by its beginning.</summary>
    public static bool IsYaml(DocumentText source) =>
        source.Name.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || source.Name.EndsWith(".yml", StringComparison.OrdinalIgnoreCase)
            || (source.Name.EndsWith(".template", StringComparison.OrdinalIgnoreCase)
                && !source.Text.AsSpan().TrimStart().StartsWith("{", StringComparison.Ordinal));

    /// <summary>The first document of the text.</summary>
    /// <param name="source">The YAML.</param>
    /// <param name="problem">
    /// Why there is none: <see cref="ProblemCode.InvalidJson"/> for what is not YAML; <see cref="ProblemCode.NestedTooDeep"/> or
    /// <see cref="ProblemCode.TooLarge"/> for what is over a limit of this reader, and so may be YAML that nobody has looked at.
    /// </param>
    public static MappedText? ToJson(DocumentText source, out PolicyProblem? problem)
    {
        problem = null;
        if (source.Text.Length > MaxLength)
        {
            problem = At(source, 0, ProblemCode.TooLarge, $"the YAML has {source.Text.Length} characters; the limit is {MaxLength}");
            return null;
        }

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

            problem = At(source, 0, ProblemCode.InvalidJson, "no YAML: the file holds no YAML document");
        }
        catch (OverLimitException e)
        {
            problem = At(source, e.Offset, e.Code, e.Message);
        }
        catch (YamlException e)
        {
            problem = At(source, (int)e.Start.Index, ProblemCode.InvalidJson, "no YAML: " + (e.InnerException?.Message ?? e.Message));
        }

        return null;
    }

    private static IEnumerable<ParsingEvent> Parse(string text)
    {
        var parser = new Parser(new StringReader(text));
        while (MoveNext(parser))
        {
            yield return parser.Current!;
        }
    }

    /// <summary>The parser tells most of what it cannot read, and of some it fails with whatever exception comes.</summary>
    private static bool MoveNext(Parser parser)
    {
        try
        {
            return parser.MoveNext();
        }
        catch (Exception e) when (e is not (YamlException or OutOfMemoryException))
        {
            Mark at = parser.Current?.End ?? Mark.Empty;
            throw new YamlException(at, at, "what comes here cannot be read");
        }
    }

    private static PolicyProblem At(DocumentText source, int offset, ProblemCode code, string message)
    {
        int at = Math.Min(offset, source.Text.Length);
        return new PolicyProblem(code, message, new TextRange(at, 0), "", source.PositionOf(at), source.Name);
    }

    private static TextRange SpanOf(ParsingEvent from) => TextRange.FromBounds((int)from.Start.Index, (int)Math.Max(from.Start.Index, from.End.Index));

    private void Value()
    {
        ParsingEvent current = events.Current;
        if (++values > MaxValues)
        {
            throw new OverLimitException(ProblemCode.TooLarge, current,
                $"the YAML has more than {MaxValues} values, those of anchors counted where they are used");
        }

        if (json.Length > MaxJsonLength)
        {
            throw new OverLimitException(ProblemCode.TooLarge, current,
                $"the YAML becomes more than {MaxJsonLength} characters, those of anchors counted where they are used");
        }

        if (current is AnchorAlias alias)
        {
            if (!anchors.TryGetValue(alias.Value.Value, out List<ParsingEvent>? stands))
            {
                throw new YamlException(current.Start, current.End, $"nothing is called &{alias.Value.Value}");
            }

            if (open.Contains(stands))
            {
                throw new YamlException(current.Start, current.End, $"the value of &{alias.Value.Value} holds *{alias.Value.Value}, so it has no end");
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
        int inside = 0;
        do
        {
            if (recorded.Count > 0)
            {
                events.MoveNext();
            }

            ParsingEvent current = events.Current;
            inside += current is MappingStart or SequenceStart ? 1 : current is MappingEnd or SequenceEnd ? -1 : 0;
            LimitDepth(depth + inside, current);
            recorded.Add(recorded.Count == 0 ? WithoutAnchor(current) : current);
        }
        while (inside > 0);
        return recorded;
    }

    private void Replay(List<ParsingEvent> recorded)
    {
        open.Add(recorded);
        var inner = new YamlText(recorded, this);
        inner.events.MoveNext();
        inner.Node(inner.events.Current);
        values = inner.values;
        open.RemoveAt(open.Count - 1);
    }

    private static void LimitDepth(int depth, ParsingEvent at)
    {
        if (depth > JsonTreeReader.MaxDepth)
        {
            throw new OverLimitException(ProblemCode.NestedTooDeep, at, $"maps and lists are nested deeper than {JsonTreeReader.MaxDepth} levels");
        }
    }

    private static ParsingEvent WithoutAnchor(ParsingEvent from) => from switch
    {
        Scalar scalar => new Scalar(AnchorName.Empty, scalar.Tag, scalar.Value, scalar.Style, scalar.IsPlainImplicit, scalar.IsQuotedImplicit, scalar.Start,
            scalar.End),
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

        // A function is an object around its argument.
        int around = depth;
        depth += (function is null ? 0 : 1) + (current is MappingStart or SequenceStart ? 1 : 0);
        LimitDepth(depth, current);
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

        depth = around;
    }

    /// <summary>Plain numbers, Booleans and nulls stay what they are (YAML 1.1, as CloudFormation reads it); a plain date is a text.</summary>
    private void Scalar(Scalar scalar, bool isArgument)
    {
        bool isPlain = scalar.Style == ScalarStyle.Plain && !isArgument;
        string text = scalar.Value;
        string value = isPlain && text is "" or "~" or "null" or "Null" or "NULL" ? "null"
            : isPlain && text is "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" ? "true"
            : isPlain && text is "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF" ? "false"
            : isPlain && IsNumber(text) ? text
            : Quoted(text);
        json.Add(value, SpanOf(scalar));
    }

    private static bool IsNumber(string text) =>
        text.Length > 0 && (text[0] == '-' || IsDigit(text[0])) && !(text.Length > 1 && text[0] == '0' && IsDigit(text[1]))
            && text.All(static c => IsDigit(c) || c is '-' or '.') && double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture, out _)
        && text[text.Length - 1] != '.';

    private static bool IsDigit(char c) => c is >= '0' and <= '9';

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder(text.Length + 2);
        JsonEscapes.AppendQuoted(quoted, text);
        return quoted.ToString();
    }

    private sealed class OverLimitException(ProblemCode code, ParsingEvent at, string message) : Exception(message)
    {
        public ProblemCode Code { get; } = code;

        public int Offset { get; } = (int)at.Start.Index;
    }
}
