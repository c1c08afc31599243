using System.Collections.Immutable;
using ProvableSec.Policy.Cases;

namespace ProvableSec.Policy.Evaluation;

/// <summary>The values of a condition key in a request: listed, one derived text, or the tag keys of a request. None means absent.</summary>
internal readonly struct KeyValues
{
    private const string RequestTag = "aws:requesttag/";
    private const int Many = 64;

    private readonly ImmutableArray<string> listed;
    private readonly string? single;
    private readonly AccessRequest? tagged;

    private KeyValues(ImmutableArray<string> listed, string? single, AccessRequest? tagged, int count)
    {
        this.listed = listed;
        this.single = single;
        this.tagged = tagged;
        Count = count;
    }

    public int Count { get; }

    public bool IsAbsent => Count == 0;

    public static KeyValues Listed(ImmutableArray<string> values) => values.IsDefaultOrEmpty ? default : new(values, null, null, values.Length);

    public static KeyValues Single(string? value) => value is null ? default : new(default, value, null, 1);

    /// <summary>The K of every <c>aws:RequestTag/K</c>.</summary>
    public static KeyValues TagKeysOf(AccessRequest request)
    {
        int count = 0;
        foreach (ContextEntry entry in request.Context)
        {
            count += IsRequestTag(entry) ? 1 : 0;
        }

        // A tag is found by going through all keys: where there are many, all are listed once.
        return count == 0 ? default : count < Many ? new(default, null, request, count)
            : Listed(request.Context.Where(IsRequestTag).Select(e => e.Key.Substring(RequestTag.Length)).ToImmutableArray());
    }

    public ReadOnlySpan<char> this[int index]
    {
        get
        {
            if (single is not null)
            {
                return single.AsSpan();
            }

            if (tagged is null)
            {
                return listed[index].AsSpan();
            }

            foreach (ContextEntry entry in tagged.Context)
            {
                if (IsRequestTag(entry) && index-- == 0)
                {
                    return entry.Key.AsSpan(RequestTag.Length);
                }
            }

            return default;
        }
    }

    private static bool IsRequestTag(ContextEntry entry) =>
        entry.FoldedKey.Length > RequestTag.Length && entry.FoldedKey.StartsWith(RequestTag, StringComparison.Ordinal) && !entry.Values.IsDefaultOrEmpty;
}
