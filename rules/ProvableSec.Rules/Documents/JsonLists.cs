using ProvableSec.Policy.Json;

namespace ProvableSec.Rules.Documents;

/// <summary>What is in a value, as lists: the enumerators of <see cref="JsonElement"/> allocate nothing and cannot be queried.</summary>
internal static class JsonLists
{
    /// <summary>The items of an array; none for other values.</summary>
    public static List<JsonElement> Items(this JsonElement value)
    {
        var items = new List<JsonElement>();
        foreach (JsonElement item in value.Elements())
        {
            items.Add(item);
        }

        return items;
    }

    /// <summary>The properties of an object; none for other values.</summary>
    public static List<JsonProperty> Members(this JsonElement value)
    {
        var members = new List<JsonProperty>();
        foreach (JsonProperty member in value.Properties())
        {
            members.Add(member);
        }

        return members;
    }
}
