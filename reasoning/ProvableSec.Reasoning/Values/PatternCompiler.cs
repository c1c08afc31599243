using System.Collections.Immutable;
using System.Text;
using ProvableSec.Policy;
using ProvableSec.Policy.Model;

namespace ProvableSec.Reasoning.Values;

/// <summary>Turns the patterns of policies into <see cref="CharPattern"/>s.</summary>
internal static class PatternCompiler
{
    private const Reading ArnReadings = Reading.NoWildcardInServiceField | Reading.ShortArnMatchesNothing;

    /// <summary>The union of patterns without variables.</summary>
    public static TextSet Compile(IReadOnlyList<PolicyPattern> patterns, MatchMode mode)
    {
        Reading sensitivity = Reading.None;
        if (mode is MatchMode.Resource or MatchMode.Arn)
        {
            foreach (PolicyPattern pattern in patterns)
            {
                sensitivity |= SensitivityOf(pattern, mode);
            }
        }

        if (sensitivity == Reading.None)
        {
            return new TextSet(Set(patterns, mode, Reading.None));
        }

        return new TextSet(() => IdentityOf(mode, "", patterns.OrderBy(p => p.Text, StringComparer.Ordinal).Select(p => p.Parts)), sensitivity,
            readings => Set(patterns, mode, readings));
    }

    /// <summary>A text that is equal for equal patterns, compared alike.</summary>
    private static string IdentityOf(MatchMode mode, string from, IEnumerable<ImmutableArray<PatternPart>> patterns)
    {
        StringBuilder identity = new StringBuilder(from).Append(mode);
        foreach (ImmutableArray<PatternPart> parts in patterns)
        {
            foreach (PatternPart part in parts)
            {
                identity.Append('\u0001').Append((int)part.Kind).Append(part.Text);
            }

            identity.Append('\u0002');
        }

        return identity.ToString();
    }

    private static PatternSet Set(IReadOnlyList<PolicyPattern> patterns, MatchMode mode, Reading readings)
    {
        List<string> named = [];
        List<CharPattern> open = [];
        foreach (PolicyPattern pattern in patterns)
        {
            // Most patterns name one text, which takes no places to compare.
            if (pattern.IsPlain && LiteralOf(pattern.Text, mode) is { } text)
            {
                named.Add(text);
            }
            else if (Compile(pattern.Parts, mode, readings) is { } one)
            {
                if (one.Literal is { } literal)
                {
                    named.Add(literal);
                }
                else
                {
                    open.Add(one);
                }
            }
        }

        return new PatternSet(named, open);
    }

    /// <summary>The one text that a pattern takes, as it is compared; null where it takes others, or where that takes a look at its places.</summary>
    private static string? LiteralOf(string text, MatchMode mode)
    {
        if (mode == MatchMode.EqualsIgnoreCase)
        {
            return null;
        }

        bool isLower = true;
        int colons = 0;
        foreach (char c in text)
        {
            if (mode == MatchMode.Action ? IsForeignToActions(c) || c is '*' or '?' : c is '*' or '?' && mode != MatchMode.Equals)
            {
                return null;
            }

            isLower &= c is not (>= 'A' and <= 'Z');
            colons += c == ':' ? 1 : 0;
        }

        return mode switch
        {
            MatchMode.Action => isLower ? text : text.ToLowerInvariant(),
            MatchMode.Resource or MatchMode.Arn => colons >= 5 ? text : null,
            _ => text,
        };
    }

    /// <summary>
    /// The pattern with every variable replaced by <c>*</c>: takes all that the pattern can, whatever the variables stand for.
    /// </summary>
    public static TextSet Relaxed(PolicyPattern pattern, MatchMode mode)
    {
        // The stars that stand for variables must not be bound by the colon rules, as the variable's value is not:
        // a bare fixed beginning and end is wide enough and simple.
        var wide = new CharPattern.Builder();
        foreach (PatternPart part in pattern.Parts)
        {
            if (part.Kind == PatternPartKind.Variable)
            {
                wide.Add(PlaceKind.Star);
                continue;
            }

            foreach (char c in part.Text)
            {
                bool wildcard = part.Kind == PatternPartKind.Text && mode is MatchMode.Resource or MatchMode.Like or MatchMode.Arn or MatchMode.Action;
                if (wildcard && c == '*')
                {
                    wide.Add(PlaceKind.Star);
                }
                else if (wildcard && c == '?')
                {
                    wide.Add(PlaceKind.One);
                }
                else
                {
                    AddCharacter(wide, c, mode);
                }
            }
        }

        // Fewer than six fields may be padded, so anything may follow.
        if (mode is MatchMode.Resource or MatchMode.Arn)
        {
            wide.Add(PlaceKind.Star);
        }

        return new TextSet(new PatternSet([wide.Build()]));
    }

    /// <summary>The pattern with its variables replaced by the texts given; null when one is missing and has no default.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="valueOf">The value of a key in lower case, or null.</param>
    /// <param name="defaults">Whether a default stands in for a value that is missing.</param>
    public static ImmutableArray<PatternPart>? Resolve(PolicyPattern pattern, Func<string, string?> valueOf, bool defaults = true)
    {
        var resolved = ImmutableArray.CreateBuilder<PatternPart>();
        foreach (PatternPart part in pattern.Parts)
        {
            if (part.Kind != PatternPartKind.Variable)
            {
                resolved.Add(part);
            }
            else if ((valueOf(part.Text.ToLowerInvariant()) ?? (defaults ? part.Default : null)) is { } value)
            {
                resolved.Add(new PatternPart(PatternPartKind.Literal, value));
            }
            else
            {
                return null;
            }
        }

        return resolved.ToImmutable();
    }

    /// <summary>One set for a resolved pattern.</summary>
    public static TextSet CompileResolved(ImmutableArray<PatternPart> parts, MatchMode mode) => CompileResolved([parts], mode);

    /// <summary>The union of resolved patterns.</summary>
    public static TextSet CompileResolved(IReadOnlyList<ImmutableArray<PatternPart>> patterns, MatchMode mode)
    {
        Reading sensitivity = mode switch
        {
            MatchMode.Resource => ArnReadings | Reading.InnerStarStopsAtColon,
            MatchMode.Arn => ArnReadings,
            _ => Reading.None,
        };
        return new TextSet(() => IdentityOf(mode, "resolved", patterns), sensitivity, readings =>
            new PatternSet(patterns.Select(p => Compile(p, mode, readings)).OfType<CharPattern>()));
    }

    private static Reading SensitivityOf(PolicyPattern pattern, MatchMode mode)
    {
        if (mode == MatchMode.Resource && IsStarAlone(pattern.Parts))
        {
            return Reading.None;
        }

        Reading sensitivity = Reading.None;
        int field = 0;
        for (int p = 0; p < pattern.Parts.Length; p++)
        {
            PatternPart part = pattern.Parts[p];
            if (part.Kind != PatternPartKind.Text)
            {
                continue;
            }

            for (int i = 0; i < part.Text.Length; i++)
            {
                char c = part.Text[i];
                if (c == ':' && field < 5)
                {
                    field++;
                }
                else if (c is '*' or '?')
                {
                    if (field == 2)
                    {
                        sensitivity |= Reading.NoWildcardInServiceField;
                    }

                    if (mode == MatchMode.Resource && field == 5 && c == '*' && !EndsSegment(pattern.Parts, p, i))
                    {
                        sensitivity |= Reading.InnerStarStopsAtColon;
                    }
                }
            }
        }

        return field < 5 ? sensitivity | Reading.ShortArnMatchesNothing : sensitivity;
    }

    /// <summary>The pattern under a reading; null when it matches nothing then.</summary>
    private static CharPattern? Compile(ImmutableArray<PatternPart> parts, MatchMode mode, Reading readings)
    {
        var builder = new CharPattern.Builder();
        if (mode is MatchMode.Resource && IsStarAlone(parts))
        {
            return CharPattern.Everything;
        }

        if (mode is MatchMode.Action && HasForeignToActions(parts))
        {
            return null;
        }

        bool fields = mode is MatchMode.Resource or MatchMode.Arn;
        int field = 0;
        for (int p = 0; p < parts.Length; p++)
        {
            PatternPart part = parts[p];
            for (int i = 0; i < part.Text.Length; i++)
            {
                char c = part.Text[i];
                bool wildcard = part.Kind == PatternPartKind.Text && c is '*' or '?' && mode is not (MatchMode.Equals or MatchMode.EqualsIgnoreCase);
                if (!wildcard)
                {
                    if (c == ':' && field < 5 && part.Kind == PatternPartKind.Text)
                    {
                        field++;
                    }

                    AddCharacter(builder, c, mode);
                    continue;
                }

                if (fields && field == 2 && (readings & Reading.NoWildcardInServiceField) != 0)
                {
                    return null;
                }

                bool anyColon = mode switch
                {
                    MatchMode.Arn => field == 5,
                    MatchMode.Resource when c == '*' => EndsSegment(parts, p, i) || (field == 5 && (readings & Reading.InnerStarStopsAtColon) == 0),
                    MatchMode.Resource => false,
                    _ => true,
                };
                builder.Add(c == '*'
                    ? anyColon ? PlaceKind.Star : PlaceKind.StarInField
                    : anyColon ? PlaceKind.One : PlaceKind.OneInField);
            }
        }

        if (fields && field < 5)
        {
            if ((readings & Reading.ShortArnMatchesNothing) != 0)
            {
                return null;
            }

            for (; field < 5; field++)
            {
                builder.Add(PlaceKind.Exact, ':');
                builder.Add(mode == MatchMode.Arn && field < 4 ? PlaceKind.StarInField : PlaceKind.Star);
            }
        }

        return builder.Build();
    }

    private static bool HasForeignToActions(ImmutableArray<PatternPart> parts)
    {
        foreach (PatternPart part in parts)
        {
            foreach (char c in part.Text)
            {
                if (IsForeignToActions(c))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>No action has the character, so that AWS matches no action with a pattern that has it.</summary>
    private static bool IsForeignToActions(char c) => c is not (>= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9'
        or '-' or '_' or '.' or ':' or '*' or '?');

    /// <summary>One star is not an ARN but all resources, however often it is written.</summary>
    private static bool IsStarAlone(ImmutableArray<PatternPart> parts) =>
        parts.Length == 1 && parts[0] is { Kind: PatternPartKind.Text, Text.Length: > 0 } && parts[0].Text.Trim('*').Length == 0;

    private static void AddCharacter(CharPattern.Builder builder, char c, MatchMode mode)
    {
        switch (mode)
        {
            case MatchMode.Action:
                builder.Add(PlaceKind.Exact, char.ToLowerInvariant(c));
                break;
            case MatchMode.EqualsIgnoreCase when FoldedCharacters.Of(char.ToLowerInvariant(c)).Length > 1:
                builder.Add(PlaceKind.Folded, char.ToLowerInvariant(c));
                break;
            default:
                builder.Add(PlaceKind.Exact, c);
                break;
        }
    }

    /// <summary>Whether the character is the last of its segment: the next one is a colon of the text, or there is none.</summary>
    private static bool EndsSegment(ImmutableArray<PatternPart> parts, int part, int index)
    {
        if (index + 1 < parts[part].Text.Length)
        {
            return parts[part].Text[index + 1] == ':';
        }

        // A variable or escaped character that follows is part of the same segment.
        return part + 1 == parts.Length || (parts[part + 1].Kind == PatternPartKind.Text && parts[part + 1].Text.StartsWith(":", StringComparison.Ordinal));
    }
}
