using ProvableSec.Policy.Model;

namespace ProvableSec.Policy.Evaluation;

/// <summary>A pattern whose variables have been replaced for one request.</summary>
/// <param name="text">The characters.</param>
/// <param name="literal">True where a character is never a wildcard; empty when none is marked so.</param>
internal readonly ref struct ExpandedPattern(ReadOnlySpan<char> text, ReadOnlySpan<bool> literal)
{
    public ReadOnlySpan<char> Text { get; } = text;

    public ReadOnlySpan<bool> Literal { get; } = literal;

    public int Length => Text.Length;

    public bool IsStar(int i) => Text[i] == '*' && !IsLiteral(i);

    public bool IsWildcard(int i) => Text[i] is '*' or '?' && !IsLiteral(i);

    public ExpandedPattern Slice(int start, int length) =>
        new(Text.Slice(start, length), Literal.IsEmpty ? default : Literal.Slice(start, length));

    /// <summary>A pattern that has no variables needs no request.</summary>
    public static ExpandedPattern Of(string text) => new(text.AsSpan(), default);

    private bool IsLiteral(int i) => !Literal.IsEmpty && Literal[i];

    /// <summary>
    /// Replaces the variables. Only one expansion lives at a time: the next one reuses the buffers of the run.
    /// </summary>
    /// <returns>False when a variable has neither a single value nor a default.</returns>
    public static bool TryExpand(EvaluationRun run, PolicyPattern pattern, out ExpandedPattern expanded)
    {
        if (pattern.IsPlain)
        {
            expanded = Of(pattern.Parts[0].Text);
            return true;
        }

        int length = 0;
        foreach (PatternPart part in pattern.Parts)
        {
            ReadOnlySpan<char> text = part.Text.AsSpan();
            if (part.Kind == PatternPartKind.Variable && !TryResolve(run, part, out text))
            {
                expanded = default;
                return false;
            }

            bool literal = part.Kind != PatternPartKind.Text;
            run.Reserve(length + text.Length);
            text.CopyTo(run.Characters.AsSpan(length));
            run.Literals.AsSpan(length, text.Length).Fill(literal);
            length += text.Length;
        }

        expanded = new ExpandedPattern(run.Characters.AsSpan(0, length), run.Literals.AsSpan(0, length));
        return true;
    }

    /// <summary>Whether every variable of a pattern has a text in this request.</summary>
    public static bool Resolves(EvaluationRun run, PolicyPattern pattern)
    {
        foreach (PatternPart part in pattern.Parts)
        {
            if (part.Kind == PatternPartKind.Variable && !TryResolve(run, part, out _))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryResolve(EvaluationRun run, PatternPart part, out ReadOnlySpan<char> text)
    {
        KeyValues values = RequestKeys.Find(run, part.Text, out KnownKey known);
        if (values.IsAbsent && part.Default is { } standIn)
        {
            text = standIn.AsSpan();
            return true;
        }

        // "You can't use multivalued keys as variables": one value of such a key is not an exception.
        bool single = values.Count == 1 && !KnownKeys.IsMultivalued(known);
        text = single ? values[0] : default;
        return single;
    }
}
