namespace ProvableSec.ServiceData;

/// <summary>Templated condition keys, to find the one whose family a key belongs to.</summary>
internal sealed class KeyTemplates
{
    // The most specific first: of those with the most text around the placeholder. `events:Metadata/x/Matcher` is of two
    // families, and the longer text says more.
    private readonly (ConditionKeyInfo Key, Placeholder Placeholder)[] templates;

    /// <summary>Takes the templated ones of <paramref name="keys"/>.</summary>
    public KeyTemplates(IEnumerable<ConditionKeyInfo> keys)
    {
        var found = new List<(ConditionKeyInfo Key, Placeholder Placeholder)>();
        foreach (ConditionKeyInfo key in keys)
        {
            if (Placeholder.TryFind(key.Name, out Placeholder placeholder))
            {
                found.Add((key, placeholder));
            }
        }

        templates = [.. found.OrderByDescending(template => template.Key.Name.Length - template.Placeholder.Length)];
    }

    public ConditionKeyInfo? Find(string key)
    {
        foreach (var (template, placeholder) in templates)
        {
            if (placeholder.Matches(template.Name, key))
            {
                return template;
            }
        }

        return null;
    }
}
