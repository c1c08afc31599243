namespace ProvableSec.Policy.Json;

/// <summary>What a JSON value is.</summary>
public enum JsonKind : byte
{
    /// <summary>A value that could not be read; its problem has been reported.</summary>
    Invalid,

    /// <summary><c>{…}</c></summary>
    Object,

    /// <summary><c>[…]</c></summary>
    Array,

    /// <summary><c>"…"</c></summary>
    String,

    /// <summary>A number, kept as text.</summary>
    Number,

    /// <summary><c>true</c></summary>
    True,

    /// <summary><c>false</c></summary>
    False,

    /// <summary><c>null</c></summary>
    Null,
}
