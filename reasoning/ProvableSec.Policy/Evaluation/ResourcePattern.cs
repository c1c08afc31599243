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
    private readonly bool isOwnApi;
    private readonly bool isStarAlone;
    private readonly bool isShort;
    private readonly bool wildService;
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
            return;
        }

        int fields = ArnPattern.CountFields(text.Text);
        isStarAlone = pattern.IsPlain && text.Text.Trim('*').IsEmpty && !text.Text.IsEmpty;
        isShort = !isStarAlone && fields < 6;
        wildService = !isStarAlone && ArnPattern.HasWildcard(ServiceField(text));
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
    }

    /// <summary>What is known of a pattern without a request. Worked out once and kept with the pattern.</summary>
    public static ResourcePattern Of(PolicyPattern pattern) => (ResourcePattern)(pattern.Prepared ??= new ResourcePattern(pattern));

    /// <returns>Null when a variable has no text in this request.</returns>
    public bool? Matches(EvaluationRun run, PolicyPattern pattern, string resource)
    {
        if (isStarAlone)
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

        bool crossing = Walk(expanded, value, innerCrosses: true);
        if (!crossing)
        {
            return false;
        }

        // What matches by its inner stars crossing colons alone is disputed, and so are the two odd shapes.
        return !(!Walk(expanded, value, innerCrosses: false) && run.Takes(Reading.InnerStarStopsAtColon))
            && !(isShort && run.Takes(Reading.ShortArnMatchesNothing))
            && !(wildService && run.Takes(Reading.NoWildcardInServiceField));
    }

    /// <summary>
    /// Two kinds of star: one that crosses colons, one that does not. Of each only the last is widened: a star that crosses can take
    /// whatever an earlier one could, and between two that do not the text holds no colon, or it holds one and stands where it must.
    /// </summary>
    private bool Walk(ExpandedPattern pattern, ReadOnlySpan<char> value, bool innerCrosses)
    {
        int p = 0, v = 0;
        int wideAt = -1, wideFrom = 0, narrowAt = -1, narrowFrom = 0;
        while (true)
        {
            if (p < pattern.Length && pattern.IsStar(p))
            {
                while (p + 1 < pattern.Length && pattern.IsStar(p + 1))
                {
                    p++;
                }

                bool endsSegment = p + 1 == pattern.Length || pattern.Text[p + 1] == ':';
                if (endsSegment || (innerCrosses && p >= sixth))
                {
                    if (p + 1 == pattern.Length)
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
            else if (p == pattern.Length && v == value.Length)
            {
                return true;
            }
            else if (p < pattern.Length && v < value.Length && (pattern.IsMark(p) ? value[v] != ':' : pattern.Text[p] == value[v]))
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
