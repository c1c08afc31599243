using System.Collections.Immutable;
using ProvableSec.CertificateChecker.Values;
using ProvableSec.Policy;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;

namespace ProvableSec.CertificateChecker.Derivation;

/// <summary>How the text of a policy is compared with a text of the request (docs/semantics.md, lines 1, 3 and 4).</summary>
internal enum TextComparison
{
    /// <summary>Wildcards everywhere, without regard to case; the action is taken in lower case.</summary>
    Action,

    /// <summary>Wildcards that mind the colons of an ARN.</summary>
    Resource,

    /// <summary>Exactly.</summary>
    Equals,

    /// <summary>Exactly but for case.</summary>
    EqualsIgnoreCase,

    /// <summary>Wildcards everywhere.</summary>
    Like,

    /// <summary>Six fields, each with wildcards of its own.</summary>
    Arn,
}

/// <summary>Turns texts of policies into sets of texts.</summary>
internal static class PolicyText
{
    private const int LastField = 5, ServiceField = 2;

    private static readonly HashSet<char> ActionCharacters = [.. "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:"];

    /// <summary>The texts that one of some patterns without variables takes.</summary>
    public static TextSet Set(TextComparison comparison, IEnumerable<PolicyPattern> patterns)
    {
        PolicyPattern[] all = [.. patterns.GroupBy(NameOf, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => g.First())];
        Reading readings = comparison switch
        {
            TextComparison.Resource => Reading.InnerStarStopsAtColon | Reading.NoWildcardInServiceField | Reading.ShortArnMatchesNothing,
            TextComparison.Arn => Reading.NoWildcardInServiceField | Reading.ShortArnMatchesNothing,
            _ => Reading.None,
        };

        // Only those points count that change some pattern.
        foreach (Reading one in (Reading[])[Reading.InnerStarStopsAtColon, Reading.NoWildcardInServiceField, Reading.ShortArnMatchesNothing])
        {
            if ((readings & one) != 0 && all.All(p => Equal(Places(comparison, p.Parts, Reading.None), Places(comparison, p.Parts, one))))
            {
                readings &= ~one;
            }
        }

        return new TextSet($"{comparison}({string.Join(", ", all.Select(NameOf))})", readings,
            under => all.Select(p => Places(comparison, p.Parts, under)).OfType<Place[]>());
    }

    /// <summary>More than the texts that a pattern with variables takes, whatever these stand for.</summary>
    public static TextSet Bound(TextComparison comparison, PolicyPattern pattern)
    {
        var places = new List<Place>();
        foreach (Sign sign in Signs(pattern.Parts))
        {
            places.Add(sign.Kind switch
            {
                SignKind.Variable => new Place(PlaceKind.Star),
                SignKind.Star when HasWildcards(comparison) => new Place(PlaceKind.Star),
                SignKind.Mark when HasWildcards(comparison) => new Place(PlaceKind.Any),
                _ => Exact(comparison, sign.Character),
            });
        }

        // Fields that are missing may stand for anything.
        if (comparison is TextComparison.Resource or TextComparison.Arn)
        {
            places.Add(new Place(PlaceKind.Star));
        }

        return new TextSet($"bound of {comparison}({NameOf(pattern)})", places);
    }

    /// <summary>A text as a certificate writes it.</summary>
    public static string Quoted(string text)
    {
        var quoted = new System.Text.StringBuilder();
        JsonEscapes.AppendQuoted(quoted, text);
        return quoted.ToString();
    }

    /// <summary>The pattern as a certificate writes it; <c>${*}</c> that is an escape is not <c>${*}</c> that is text.</summary>
    public static string NameOf(PolicyPattern pattern) => (pattern.IsPlain || pattern.Text.Length == 0 ? "" : "2012 ") + Quoted(pattern.Text);

    private enum SignKind
    {
        Character,
        Star,
        Mark,
        Variable,
    }

    /// <summary>A character, wildcard or variable of a pattern.</summary>
    private readonly record struct Sign(SignKind Kind, char Character, bool IsText);

    private static List<Sign> Signs(ImmutableArray<PatternPart> parts)
    {
        var signs = new List<Sign>();
        foreach (PatternPart part in parts)
        {
            if (part.Kind == PatternPartKind.Variable)
            {
                signs.Add(new Sign(SignKind.Variable, '\0', false));
                continue;
            }

            bool text = part.Kind == PatternPartKind.Text;
            foreach (char c in part.Text)
            {
                signs.Add(new Sign(text && c == '*' ? SignKind.Star : text && c == '?' ? SignKind.Mark : SignKind.Character, c, text));
            }
        }

        return signs;
    }

    private static bool HasWildcards(TextComparison comparison) => comparison is not (TextComparison.Equals or TextComparison.EqualsIgnoreCase);

    private static Place Exact(TextComparison comparison, char c) => comparison switch
    {
        TextComparison.Action => new Place(PlaceKind.Exact, char.ToLowerInvariant(c)),
        TextComparison.EqualsIgnoreCase => new Place(PlaceKind.Folded, char.ToLowerInvariant(c)),
        _ => new Place(PlaceKind.Exact, c),
    };

    /// <summary>The pattern as places, or null when it takes nothing under the reading.</summary>
    private static Place[]? Places(TextComparison comparison, ImmutableArray<PatternPart> parts, Reading readings)
    {
        List<Sign> signs = Signs(parts);
        if (comparison == TextComparison.Action && signs.Exists(s => s.Kind == SignKind.Character && !ActionCharacters.Contains(s.Character)))
        {
            // No action has such a character.
            return null;
        }

        if (comparison == TextComparison.Resource && signs.Count > 0 && signs.TrueForAll(s => s.Kind == SignKind.Star))
        {
            // One star is not an ARN but every resource, however often it is written.
            return [new Place(PlaceKind.Star)];
        }

        bool isArn = comparison is TextComparison.Resource or TextComparison.Arn;
        var places = new List<Place>();
        int field = 0;
        for (int i = 0; i < signs.Count; i++)
        {
            Sign sign = signs[i];
            if (sign.Kind == SignKind.Character || !HasWildcards(comparison))
            {
                field += sign is { IsText: true, Character: ':' } && field < LastField ? 1 : 0;
                places.Add(Exact(comparison, sign.Character));
                continue;
            }

            if (isArn && field == ServiceField && (readings & Reading.NoWildcardInServiceField) != 0)
            {
                return null;
            }

            bool crosses = comparison switch
            {
                TextComparison.Arn => field == LastField,
                TextComparison.Resource when sign.Kind == SignKind.Mark => false,
                TextComparison.Resource => EndsSegment(signs, i) || (field == LastField && (readings & Reading.InnerStarStopsAtColon) == 0),
                _ => true,
            };
            places.Add(new Place(sign.Kind == SignKind.Star
                ? crosses ? PlaceKind.Star : PlaceKind.StarButColon
                : crosses ? PlaceKind.Any : PlaceKind.AnyButColon));
        }

        if (isArn && field < LastField)
        {
            if ((readings & Reading.ShortArnMatchesNothing) != 0)
            {
                return null;
            }

            while (field++ < LastField)
            {
                places.Add(new Place(PlaceKind.Exact, ':'));
                places.Add(new Place(comparison == TextComparison.Resource || field == LastField ? PlaceKind.Star : PlaceKind.StarButColon));
            }
        }

        return [.. places];
    }

    private static bool EndsSegment(List<Sign> signs, int at) => at + 1 == signs.Count
        || signs[at + 1] is { IsText: true, Kind: SignKind.Character, Character: ':' };

    private static bool Equal(Place[]? a, Place[]? b) => a is null || b is null ? a is null && b is null : a.SequenceEqual(b);
}
