using System.Text.Json;

namespace ProvableSec.Logs.Rules;

/// <summary>A value of a file of rules, with its place. Such files are small, and a person wants to know where they are wrong.</summary>
internal sealed class RulesNode
{
    private RulesNode(JsonTokenType kind, int offset)
    {
        Kind = kind;
        Offset = offset;
    }

    /// <summary>The first token of the value.</summary>
    public JsonTokenType Kind { get; }

    /// <summary>Where it begins, in bytes.</summary>
    public int Offset { get; }

    /// <summary>A string's text; else null.</summary>
    public string? Text { get; private init; }

    /// <summary>A whole number; null for anything else.</summary>
    public long? Number { get; private init; }

    /// <summary>An object's members, in order.</summary>
    public List<(string Name, int Offset, RulesNode Value)> Members { get; } = [];

    /// <summary>An array's elements.</summary>
    public List<RulesNode> Elements { get; } = [];

    /// <summary>Reads a whole document.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static RulesNode Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        RulesNode root = Value(ref reader);
        reader.Read();
        return root;
    }

    private static RulesNode Value(ref Utf8JsonReader reader)
    {
        var node = new RulesNode(reader.TokenType, (int)reader.TokenStartIndex)
        {
            Text = reader.TokenType == JsonTokenType.String ? Decoded(ref reader) : null,
            Number = reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long number) ? number : null,
        };
        while (node.Kind == JsonTokenType.StartObject && reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            string name = Decoded(ref reader);
            int offset = (int)reader.TokenStartIndex;
            reader.Read();
            node.Members.Add((name, offset, Value(ref reader)));
        }

        while (node.Kind == JsonTokenType.StartArray && reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            node.Elements.Add(Value(ref reader));
        }

        return node;
    }

    private static string Decoded(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            // Bytes that are not UTF-8, or half of a surrogate pair.
            throw new JsonException("a string that is not text", null, null, null, e);
        }
    }
}
