using System.Collections.Immutable;
using System.Text;
using ProvableSec.Policy.Text;

namespace ProvableSec.Policy.Model;

/// <summary>
/// A text of a policy that is compared with a value of the request: an action, a resource, a condition value.
/// Split at its policy variables (IAM User Guide, "IAM policy elements: Variables and tags"), which only version 2012-10-17 has.
/// Whether <c>*</c> and <c>?</c> are wildcards is the business of the element or operator it stands in.
/// </summary>
public sealed class PolicyPattern
{
    /// <summary>How a resource begins that an API's policy writes of the API itself.</summary>
    internal const string OwnApi = "execute-api:";

    private PolicyPattern(string text, TextRange span, ImmutableArray<PatternPart> parts)
    {
        Text = text;
        Span = span;
        Parts = parts;
        foreach (PatternPart part in parts)
        {
            HasVariables |= part.Kind == PatternPartKind.Variable;
        }
    }

    /// <summary>The text as written, escapes of JSON decoded.</summary>
    public string Text { get; }

    /// <summary>Its characters in the document, quotes included.</summary>
    public TextRange Span { get; }

    /// <summary>The text cut at its variables; never empty, adjacent texts are joined.</summary>
    public ImmutableArray<PatternPart> Parts { get; }

    /// <summary>True when a part is a policy variable.</summary>
    public bool HasVariables { get; }

    /// <summary>What the evaluator keeps of it as what it stands for; made when first asked for. Two threads may make the same thing twice.</summary>
    internal object? Prepared { get; set; }

    /// <summary>True when the pattern is one text without variables or escapes of variables.</summary>
    public bool IsPlain => Parts.Length == 1 && Parts[0].Kind == PatternPartKind.Text;

    /// <summary>A pattern without variables, whatever it holds.</summary>
    public static PolicyPattern Plain(string text, TextRange span = default) =>
        new(text, span, ImmutableArray.Create(new PatternPart(PatternPartKind.Text, text)));

    /// <summary>A pattern of version 2012-10-17.</summary>
    /// <param name="text">The text as written.</param>
    /// <param name="span">Its place.</param>
    /// <param name="unclosed">Offset of a <c>${</c> that is never closed and therefore literal, or -1.</param>
    public static PolicyPattern WithVariables(string text, TextRange span, out int unclosed) => Parse(text, span, 0, out unclosed);

    /// <summary>
    /// Whether a resource is written as an API's policy names the API itself: <c>execute-api:/stage/METHOD/path</c>
    /// (API Gateway Developer Guide, "Resource policies").
    /// </summary>
    internal static bool IsOwnApi(ReadOnlySpan<char> text) => text.Length > OwnApi.Length && text[OwnApi.Length] == '/' && text.StartsWith(OwnApi.AsSpan());

    /// <summary>
    /// A resource of version 2012-10-17: variables are replaced after the fifth colon only (IAM User Guide, "Variables: where you can use them").
    /// </summary>
    public static PolicyPattern ResourceWithVariables(string text, TextRange span, out int unclosed)
    {
        int from = 0, colons = 0, i = 0;
        if (IsOwnApi(text.AsSpan()))
        {
            // What is written stands behind the fifth colon of the API's ARN.
            return Parse(text, span, 0, out unclosed);
        }

        VariableEnds? ends = null;
        while (i < text.Length && colons < 5)
        {
            if (text[i] == '$' && i + 1 < text.Length && text[i + 1] == '{')
            {
                // A colon inside ${aws:username} separates no fields.
                int close = (ends ??= new VariableEnds(text)).Of(i + 2);
                if (close >= 0)
                {
                    i = close + 1;
                    continue;
                }
            }

            if (text[i] == ':')
            {
                colons++;
            }

            i++;
            from = i;
        }

        return Parse(text, span, colons == 5 ? from : text.Length, out unclosed);
    }

    private static PolicyPattern Parse(string text, TextRange span, int from, out int unclosed)
    {
        unclosed = -1;
        if (text.IndexOf("${", from, StringComparison.Ordinal) < 0)
        {
            return Plain(text, span);
        }

        var ends = new VariableEnds(text);
        var parts = ImmutableArray.CreateBuilder<PatternPart>();
        var literal = new StringBuilder(text, 0, from, text.Length);
        int at = from;
        while (at < text.Length)
        {
            if (text[at] != '$' || at + 1 >= text.Length || text[at + 1] != '{')
            {
                literal.Append(text[at++]);
                continue;
            }

            int close = ends.Of(at + 2);
            if (close < 0)
            {
                unclosed = at;
                literal.Append(text, at, text.Length - at);
                break;
            }

            string inside = text.Substring(at + 2, close - at - 2);
            at = close + 1;
            if (inside is "*" or "?" or "$")
            {
                Flush();
                parts.Add(new PatternPart(PatternPartKind.Literal, inside));
                continue;
            }

            Flush();
            parts.Add(Variable(inside));
        }

        Flush();
        return new PolicyPattern(text, span, parts.ToImmutable());

        void Flush()
        {
            if (literal.Length > 0)
            {
                parts.Add(new PatternPart(PatternPartKind.Text, literal.ToString()));
                literal.Clear();
            }
        }
    }

    private static PatternPart Variable(string inside)
    {
        int comma = inside.IndexOf(',');
        if (comma < 0)
        {
            return new PatternPart(PatternPartKind.Variable, inside.Trim());
        }

        string value = inside.Substring(comma + 1).Trim();
        if (value.Length >= 2 && value[0] == '\'' && value[value.Length - 1] == '\'')
        {
            value = value.Substring(1, value.Length - 2);
        }

        return new PatternPart(PatternPartKind.Variable, inside.Substring(0, comma).Trim(), value);
    }

    /// <summary>The same pattern at another place.</summary>
    internal PolicyPattern At(TextRange span) => new(Text, span, Parts);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
