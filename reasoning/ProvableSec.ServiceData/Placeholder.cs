namespace ProvableSec.ServiceData;

/// <summary>The variable part of a templated condition key. The generator refuses keys with more than one.</summary>
internal readonly struct Placeholder
{
    // Two old pages of the service authorization reference write `tag-key` where all others write `${TagKey}`.
    private const string BareTagKey = "/tag-key";

    private readonly int start;
    private readonly int end;

    private Placeholder(int start, int end)
    {
        this.start = start;
        this.end = end;
    }

    public int Length => end - start;

    public static bool TryFind(string name, out Placeholder placeholder)
    {
        if (TryFind(name, "${", '}', out placeholder) || TryFind(name, "<", '>', out placeholder))
        {
            return true;
        }

        if (name.EndsWith(BareTagKey, StringComparison.Ordinal))
        {
            placeholder = new Placeholder(name.Length - BareTagKey.Length + 1, name.Length);
            return true;
        }

        return false;
    }

    public bool Matches(string name, string key)
    {
        int suffix = name.Length - end;
        return key.Length > start + suffix
            && string.Compare(key, 0, name, 0, start, StringComparison.OrdinalIgnoreCase) == 0
            && string.Compare(key, key.Length - suffix, name, end, suffix, StringComparison.OrdinalIgnoreCase) == 0;
    }

    private static bool TryFind(string name, string open, char close, out Placeholder placeholder)
    {
        int start = name.IndexOf(open, StringComparison.Ordinal);
        int end = start < 0 ? -1 : name.IndexOf(close, start);
        placeholder = end < 0 ? default : new Placeholder(start, end + 1);
        return end >= 0;
    }
}
