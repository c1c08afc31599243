namespace ProvableSec.Policy.Json;

/// <summary>Objects that were read before: one that stands in another text as it was written then is not read again.</summary>
internal interface IKnownObjects
{
    /// <summary>What the object that begins a text is known as; null where none is known.</summary>
    /// <param name="text">A text that begins with the object's brace.</param>
    /// <param name="length">The characters of the object. It is one without any problem.</param>
    object? Beginning(ReadOnlySpan<char> text, out int length);
}
