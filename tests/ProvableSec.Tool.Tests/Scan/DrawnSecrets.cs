using System.Collections.Concurrent;

namespace ProvableSec.Rules.Tests.Credentials;

/// <summary>Keeps every secret that a test of this project drew, so that no output of any other may hold it.</summary>
internal sealed partial class Fresh
{
    private static readonly ConcurrentBag<string> Drawn = [];

    /// <summary>Fails where a text holds a secret, or the first or last eight characters of one.</summary>
    public static void AssertHidden(string text) =>
        Assert.False(Drawn.Any(secret => text.Contains(secret[..8], StringComparison.Ordinal) || text.Contains(secret[^8..], StringComparison.Ordinal)), "The output holds a part of a secret.");

    partial void OnDrawn(string secret) => Drawn.Add(secret);
}
