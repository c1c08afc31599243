namespace ProvableSec.Rules.Credentials;

/// <summary>What a byte of UTF-8 text can be part of.</summary>
internal static class TokenCharacters
{
    private const byte None = 0, Upper = 1, Lower = 2, Digit = 3;

    /// <summary>Kept with the code: no start-up, and no look whether it has happened, in a loop over every byte.</summary>
    private static ReadOnlySpan<byte> Classes =>
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 4, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 0, 0, 0, 0, 0, 0,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0,
        0, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    /// <summary>Letters, digits, <c>+</c> and <c>/</c>: Base64 without its padding.</summary>
    public static bool IsToken(byte value) => Classes[value] != None;

    /// <summary>Letters, digits and the underscore: what a word consists of in a regular expression.</summary>
    public static bool IsWord(byte value) => Classes[value] is Upper or Lower or Digit || value == (byte)'_';

    /// <summary>The kind of a character: 1 upper case, 2 lower case, 3 digit, 4 symbol, 0 no token character.</summary>
    public static int ClassOf(byte value) => Classes[value];

    public static bool IsHex(byte value) => value is (>= (byte)'0' and <= (byte)'9') or (>= (byte)'a' and <= (byte)'f') or (>= (byte)'A' and <= (byte)'F');

    public static bool IsSpace(byte value) => value is (byte)' ' or (byte)'\t';

    public static bool IsLineEnd(byte value) => value is (byte)'\n' or (byte)'\r';

    /// <summary>ASCII upper case as lower case.</summary>
    public static byte Lowered(byte value) => Classes[value] == Upper ? (byte)(value | 0x20) : value;
}
