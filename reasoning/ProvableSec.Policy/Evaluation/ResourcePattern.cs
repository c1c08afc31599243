using ProvableSec.Policy.Model;

namespace ProvableSec.Policy.Evaluation;

/// <summary>
/// A pattern of Resource or NotResource. Not the matching of <c>ArnLike</c>: a <c>*</c> that ends a segment may cross colons,
/// <c>?</c> and a <c>*</c> inside one do not. <c>execute-api:/stage/METHOD/path</c> is what an API's policy calls a method of the API itself
/// (API Gateway Developer Guide, "Resource policies"): of the request's ARN it is compared with what stands behind the API's id.
/// </summary>
internal sealed class ResourcePattern
{
    private readonly string? plain;
    private readonly Shape shape;
    private readonly bool isOwnApi;
    private readonly bool isShort;
    private readonly bool wildService;
    private readonly bool innerStars;
    private readonly int literal;
    private readonly int sixth;

    private ResourcePattern(PolicyPattern pattern)
    {
        // Variables stand after the fifth colon only, so that what comes before is the same for every request.
        ExpandedPattern text = ExpandedPattern.Of(pattern.Parts[0].Kind == PatternPartKind.Text ? pattern.Parts[0].Text : "");
        plain = pattern.IsPlain ? pattern.Parts[0].Text : null;
        isOwnApi = PolicyPattern.IsOwnApi(text.Text);
        if (isOwnApi)
        {
            // Nothing of it stands before the sixth field.
            innerStars = true;
            return;
        }

        int fields = ArnPattern.CountFields(text.Text);
        if (pattern.IsPlain && text.Text.Trim('*').IsEmpty && !text.Text.IsEmpty)
        {
            shape = Shape.Star;
            return;
        }

        isShort = fields < 6;
        wildService = ArnPattern.HasWildcard(ServiceField(text));
        if (isShort && plain is not null)
        {
            for (; fields < 6; fields++)
            {
                plain += ":*";
            }
        }

        ReadOnlySpan<char> head = plain is null ? text.Text : plain.AsSpan();
        for (int colons = 0; colons < 5 && sixth < head.Length; sixth++)
        {
            colons += head[sixth] == ':' ? 1 : 0;
        }

        int wildcard = head.IndexOfAny('*', '?');
        literal = wildcard < 0 ? head.Length : wildcard;
        innerStars = plain is null || HasInnerStars(plain);
        shape = plain is null ? Shape.Other
            : literal == plain.Length ? Shape.Literal
            : head.Slice(literal).Trim('*').IsEmpty ? Shape.Beginning
            : Shape.Other;
    }

    private enum Shape
    {
        /// <summary>Whatever takes a walk.</summary>
        Other,

        /// <summary>Stars alone.</summary>
        Star,

        /// <summary>No wildcard.</summary>
        Literal,

        /// <summary>No wildcard but a star at the end.</summary>
        Beginning,
    }

    /// <summary>What is known of a pattern without a request. Worked out once and kept with the pattern.</summary>
    public static ResourcePattern Of(PolicyPattern pattern)
    {
        if (pattern.Prepared is ResourcePattern prepared)
        {
            return prepared;
        }

        prepared = new ResourcePattern(pattern);
        pattern.Prepared = prepared;
        return prepared;
    }

    /// <returns>Null when a variable has no text in this request.</returns>
    public bool? Matches(EvaluationRun run, PolicyPattern pattern, string resource)
    {
        if (shape == Shape.Star)
        {
            return true;
        }

        ExpandedPattern expanded;
        if (plain is not null)
        {
            expanded = ExpandedPattern.Of(plain);
        }
        else if (!ExpandedPattern.TryExpand(run, pattern, out expanded))
        {
            return null;
        }

        ReadOnlySpan<char> value = resource.AsSpan();
        if (isOwnApi)
        {
            expanded = expanded.Slice(PolicyPattern.OwnApi.Length, expanded.Length - PolicyPattern.OwnApi.Length);
            value = PathInApi(resource);
        }

        if (!value.StartsWith(expanded.Text.Slice(0, literal))
            || !(shape == Shape.Beginning || (shape == Shape.Literal ? value.Length == literal : Walk(expanded, value, innerCrosses: true))))
        {
            return false;
        }

        // What matches by its inner stars crossing colons alone is disputed, and so are the two odd shapes.
        return !(innerStars && !Walk(expanded, value, innerCrosses: false) && run.Takes(Reading.InnerStarStopsAtColon))
            && !(isShort && run.Takes(Reading.ShortArnMatchesNothing))
            && !(wildService && run.Takes(Reading.NoWildcardInServiceField));
    }

    /// <summary>Whether a star of the sixth field does not end a segment: where none is, it makes no difference whether such stars cross colons.</summary>
    private bool HasInnerStars(string text)
    {
        for (int i = sixth; i + 1 < text.Length; i++)
        {
            if (text[i] == '*' && text[i + 1] is not ('*' or ':'))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Two kinds of star: one that crosses colons, one that does not. Of each only the last is widened: a star that crosses can take
    /// whatever an earlier one could, and between two that do not the text holds no colon, or it holds one and stands where it must.
    /// </summary>
    private bool Walk(ExpandedPattern pattern, ReadOnlySpan<char> value, bool innerCrosses)
    {
        ReadOnlySpan<char> text = pattern.Text;
        int p = literal, v = literal;
        int wideAt = -1, wideFrom = 0, narrowAt = -1, narrowFrom = 0;
        while (true)
        {
            char c = p < text.Length ? text[p] : default;
            bool wildcard = c is '*' or '?' && pattern.IsWildcard(p);
            if (wildcard && c == '*')
            {
                while (p + 1 < text.Length && pattern.IsStar(p + 1))
                {
                    p++;
                }

                bool endsSegment = p + 1 == text.Length || text[p + 1] == ':';
                if (endsSegment || (innerCrosses && p >= sixth))
                {
                    if (p + 1 == text.Length)
                    {
                        return true;
                    }

                    wideAt = p;
                    wideFrom = v;
                    narrowAt = -1;
                }
                else
                {
                    narrowAt = p;
                    narrowFrom = v;
                }

                p++;
            }
            else if (p == text.Length && v == value.Length)
            {
                return true;
            }
            else if (p < text.Length && v < value.Length && (wildcard ? value[v] != ':' : c == value[v]))
            {
                p++;
                v++;
            }
            else if (narrowAt >= 0 && narrowFrom < value.Length && value[narrowFrom] != ':')
            {
                p = narrowAt + 1;
                v = ++narrowFrom;
            }
            else if (wideAt >= 0 && wideFrom < value.Length)
            {
                p = wideAt + 1;
                v = ++wideFrom;
                narrowAt = -1;
            }
            else
            {
                return false;
            }
        }
    }

    /// <summary>What stands behind the id of an API; empty where there is none.</summary>
    private static ReadOnlySpan<char> PathInApi(string resource)
    {
        ReadOnlySpan<char> rest = ArnPattern.Field(resource, 2).SequenceEqual("execute-api".AsSpan()) ? ArnPattern.Rest(resource) : default;
        int slash = rest.IndexOf('/');
        return slash < 0 ? default : rest.Slice(slash);
    }

    private static ExpandedPattern ServiceField(ExpandedPattern text)
    {
        int first = text.Text.IndexOf(':');
        int second = first < 0 ? -1 : text.Text.Slice(first + 1).IndexOf(':');
        if (second < 0)
        {
            return ExpandedPattern.Of("");
        }

        int from = first + second + 2;
        int length = text.Text.Slice(from).IndexOf(':');
        return text.Slice(from, length < 0 ? text.Length - from : length);
    }
}
