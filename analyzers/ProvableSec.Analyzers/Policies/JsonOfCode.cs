using Microsoft.CodeAnalysis;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Analyzers.Policies;

/// <summary>Writes values of code as the JSON that they become, each character with its place in the code; what is not known is marked.</summary>
/// <param name="code">The text of the file that the values are in.</param>
internal sealed class JsonOfCode(string code)
{
    // A property may give itself, and a value be part of another twice, that one of a third: what is deeper or longer than any policy is not known.
    private const int MostDepth = 32, MostCharacters = 1 << 18;

    private readonly MappedTextBuilder builder = new();
    private int depth;

    public MappedText Build() => builder.Build();

    /// <summary>Adds characters that no single word of the code stands for.</summary>
    public JsonOfCode Add(string json, TextRange at)
    {
        builder.Add(json, at);
        return this;
    }

    /// <summary>Adds the name of a member.</summary>
    public JsonOfCode Name(string name, TextRange at) => Add("\"", First(at)).Add(name, at).Add("\"", Last(at)).Add(":", Last(at));

    /// <summary>Adds a text that the code does not spell out.</summary>
    public JsonOfCode Text(string text, TextRange at) => Add("\"", First(at)).Add(text, at).Add("\"", Last(at));

    /// <summary>Adds a value of any kind.</summary>
    public JsonOfCode Value(IOperation value)
    {
        if (depth >= MostDepth || builder.Length > MostCharacters)
        {
            return Text(UnknownText.Mark.ToString(), SpanOf(value));
        }

        depth++;
        Known(value);
        depth--;
        return this;
    }

    private JsonOfCode Known(IOperation value)
    {
        value = KnownValues.Of(CodeValues.Bare(value));
        TextRange at = SpanOf(value);
        if (CodeStatements.Of(value) is { } statement)
        {
            statement.Write(this);
            return this;
        }

        if (CodeStatements.InDocument(value) is { } statements)
        {
            return Document(statements, at);
        }

        if (CodeValues.MembersOf(value) is { } members)
        {
            return Object(members, at);
        }

        if (CodeValues.ItemsOf(value) is { } items)
        {
            return List(items, at);
        }

        return value switch
        {
            { ConstantValue: { HasValue: true, Value: bool flag } } => Add(flag ? "true" : "false", at),
            { ConstantValue: { HasValue: true, Value: int or long } number } =>
                Add(Convert.ToString(number.Value, System.Globalization.CultureInfo.InvariantCulture)!, at),
            { Type.SpecialType: SpecialType.System_String } => String(value),
            _ => Text(UnknownText.Mark.ToString(), at),
        };
    }

    /// <summary>Adds an array.</summary>
    public JsonOfCode List(IReadOnlyList<IOperation> items, TextRange at) => List(items, at, item => Value(item));

    /// <summary>Adds an array.</summary>
    public JsonOfCode List<T>(IReadOnlyList<T> items, TextRange at, Action<T> write)
    {
        Add("[", First(at));
        for (int i = 0; i < items.Count; i++)
        {
            Add(i > 0 ? "," : "", First(at));
            write(items[i]);
        }

        return Add("]", Last(at));
    }

    /// <summary>Adds the document that statements make.</summary>
    public JsonOfCode Document(IReadOnlyList<IOperation> statements, TextRange at) => Document(statements, at, statement => Value(statement));

    /// <summary>Adds the document that statements make.</summary>
    public JsonOfCode Document<T>(IReadOnlyList<T> statements, TextRange at, Action<T> write) =>
        Add("{", First(at)).Name("Version", First(at)).Text("2012-10-17", First(at)).Add(",", First(at)).Name("Statement", First(at))
            .List(statements, at, write).Add("}", Last(at));

    public static TextRange SpanOf(IOperation value) => new(value.Syntax.SpanStart, value.Syntax.Span.Length);

    /// <summary>Adds an object with one member; with unknown text where its name is not known.</summary>
    public JsonOfCode Member(IOperation name, IOperation value) => CodeValues.Bare(name).ConstantValue is { HasValue: true, Value: string known }
        ? Object([(known, name, value)], SpanOf(name))
        : Text(UnknownText.Mark.ToString(), SpanOf(name));

    private JsonOfCode Object(IReadOnlyList<(string Name, IOperation At, IOperation Value)> members, TextRange at)
    {
        Add("{", First(at));
        for (int i = 0; i < members.Count; i++)
        {
            (string name, IOperation place, IOperation value) = members[i];
            Add(i > 0 ? "," : "", SpanOf(place)).Add("\"", First(SpanOf(place)));
            Escaped(new MappedTextBuilder().Add(name, SpanOf(place)).Build());
            Add("\"", Last(SpanOf(place))).Add(":", Last(SpanOf(place))).Value(value);
        }

        return Add("}", Last(at));
    }

    private JsonOfCode String(IOperation value)
    {
        TextRange at = SpanOf(value);
        Add("\"", First(at));
        Escaped(CodeText.Of(value, code));
        return Add("\"", Last(at));
    }

    private void Escaped(MappedText text)
    {
        if (text.Text.All(c => c is not ('"' or '\\') && c >= ' '))
        {
            builder.Append(text);
            return;
        }

        for (int i = 0; i < text.Text.Length; i++)
        {
            char c = text.Text[i];
            builder.Add(c is '"' or '\\' ? $"\\{c}" : c < ' ' ? $"\\u{(int)c:x4}" : c.ToString(), text.SourceOf(new TextRange(i, 1)));
        }
    }

    private static TextRange First(TextRange span) => new(span.Start, Math.Min(1, span.Length));

    private static TextRange Last(TextRange span) => new(Math.Max(span.Start, span.End - 1), Math.Min(1, span.Length));
}
