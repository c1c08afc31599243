namespace ProvableSec.Policy.Model;

/// <summary>What a part of a pattern is.</summary>
public enum PatternPartKind
{
    /// <summary>Characters as written; <c>*</c> and <c>?</c> in it are wildcards where the element knows wildcards.</summary>
    Text,

    /// <summary>Characters that never are wildcards, written <c>${*}</c>, <c>${?}</c> or <c>${$}</c>.</summary>
    Literal,

    /// <summary>A policy variable, <c>${key}</c> or <c>${key, 'default'}</c>.</summary>
    Variable,
}

/// <summary>A part of a <see cref="PolicyPattern"/>.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The characters, or the variable's condition key as written.</param>
/// <param name="Default">The text that stands in when the key is absent; null when there is none.</param>
public readonly record struct PatternPart(PatternPartKind Kind, string Text, string? Default = null);
