using ProvableSec.Policy.Json;

namespace ProvableSec.Rules.Policies;

/// <summary>What is in a value, as lists: the enumerators of <see cref="JsonItem"/> allocate nothing and cannot be queried.</summary>
internal static class JsonLists
{
    /// <summary>The items of an array; none for other values.</summary>
    public static List<JsonItem> Items(this JsonItem value)
    {
        var items = new List<JsonItem>();
        foreach (JsonItem item in value.Elements())
        {
            items.Add(item);
        }

        return items;
    }

    /// <summary>The properties of an object; none for other values.</summary>
    public static List<JsonMember> Members(this JsonItem value)
    {
        var members = new List<JsonMember>();
        foreach (JsonMember member in value.Properties())
        {
            members.Add(member);
        }

        return members;
    }
}
