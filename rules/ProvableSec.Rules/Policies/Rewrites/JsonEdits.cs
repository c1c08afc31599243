using System.Text;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;

namespace ProvableSec.Rules.Policies.Rewrites;

/// <summary>Changes of a JSON text that leave everything else, and the look of it, as it is.</summary>
internal static class JsonEdits
{
    /// <summary>Leaves out an item of a list or a member of an object; null for the only one.</summary>
    public static PolicyEdit? Remove(JsonItem container, TextRange item)
    {
        List<TextRange> items = ItemsOf(container);
        int at = items.FindIndex(span => span.Start <= item.Start && span.End >= item.End);
        return at < 0 || items.Count < 2 ? null
            : at + 1 < items.Count ? new PolicyEdit(TextRange.FromBounds(items[at].Start, items[at + 1].Start), "")
            : new PolicyEdit(TextRange.FromBounds(items[at - 1].End, items[at].End), "");
    }

    /// <summary>Writes another text in place of a text or a name.</summary>
    public static PolicyEdit Replace(JsonItem text, string by) => new(text.Span, Quoted(by));

    /// <summary>Puts a member before all others.</summary>
    public static PolicyEdit? InsertFirst(JsonItem container, string name, string value) =>
        ItemsOf(container) is not [var first, ..] ? null
            : new PolicyEdit(new TextRange(first.Start, 0), $"{Quoted(name)}: {value},{Space(container, first, " ")}");

    /// <summary>Puts a member, or an item of a list, after all others.</summary>
    /// <param name="container">An object or a list with something in it.</param>
    /// <param name="name">The member's name; null for an item.</param>
    /// <param name="value">Its value: what <see cref="Block"/> makes, or any JSON.</param>
    public static PolicyEdit? InsertLast(JsonItem container, string? name, string value) =>
        ItemsOf(container) is not [.., var last] items ? null
            : new PolicyEdit(new TextRange(last.End, 0), $",{Space(container, items[0], " ")}{(name is null ? "" : Quoted(name) + ": ")}{value}");

    /// <summary>Puts an item after another one of a list.</summary>
    public static PolicyEdit? InsertAfter(JsonItem list, TextRange item, string value) => ItemsOf(list) is { Count: > 0 } items
        ? new PolicyEdit(new TextRange(item.End, 0), $",{Space(list, items[0], " ")}{value}")
        : null;

    /// <summary>An object with members, laid out as the object that it comes into.</summary>
    public static string Block(JsonItem container, params (string Name, string Value)[] members)
    {
        List<TextRange> items = ItemsOf(container);
        string indentation = items.Count == 0 ? "" : Space(container, items[0], "");
        if (indentation.IndexOf('\n') < 0)
        {
            return "{" + string.Join(", ", members.Select(member => $"{Quoted(member.Name)}: {member.Value}")) + "}";
        }

        // One step is what the closing bracket stands further out than the items.
        int end = items[items.Count - 1].End;
        string closing = container.Document.Source.Text.Substring(end, container.Span.End - 1 - end);
        string step = indentation.StartsWith(closing, StringComparison.Ordinal) && closing.Length > 0 ? indentation.Substring(closing.Length) : "  ";
        return "{" + string.Join(",", members.Select(member => $"{indentation}{step}{Quoted(member.Name)}: {member.Value.Replace("\n", "\n" + step)}"))
            + indentation + "}";
    }

    /// <summary>A text as JSON.</summary>
    public static string Quoted(string text)
    {
        var quoted = new StringBuilder(text.Length + 2);
        JsonEscapes.AppendQuoted(quoted, text);
        return quoted.ToString();
    }

    /// <summary>The innermost list or object around a place; the place itself is not it.</summary>
    public static JsonItem? ContainerOf(JsonItem root, TextRange place)
    {
        JsonItem? found = null;
        JsonItem at = root;
        while (at.Span.Start <= place.Start && at.Span.End >= place.End && at.Span != place && at.Kind is JsonKind.Object or JsonKind.Array)
        {
            found = at;
            JsonItem? next = null;
            foreach (JsonMember property in at.Properties())
            {
                next = property.Value.Span.Start <= place.Start && property.Value.Span.End >= place.End ? property.Value : next;
            }

            foreach (JsonItem item in at.Elements())
            {
                next = item.Span.Start <= place.Start && item.Span.End >= place.End ? item : next;
            }

            if (next is null)
            {
                break;
            }

            at = next.Value;
        }

        return found;
    }

    private static List<TextRange> ItemsOf(JsonItem container)
    {
        var items = new List<TextRange>();
        foreach (JsonMember property in container.Properties())
        {
            items.Add(TextRange.FromBounds(property.NameSpan.Start, property.Value.Span.End));
        }

        foreach (JsonItem item in container.Elements())
        {
            items.Add(item.Span);
        }

        return items;
    }

    /// <summary>The white space before the first item.</summary>
    private static string Space(JsonItem container, TextRange first, string otherwise)
    {
        int start = container.Span.Start + 1;
        string space = container.Document.Source.Text.Substring(start, first.Start - start);
        return space.Length == 0 ? otherwise : space;
    }
}
