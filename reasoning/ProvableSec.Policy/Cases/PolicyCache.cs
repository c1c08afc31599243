using System.Collections.Concurrent;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;

namespace ProvableSec.Policy.Cases;

/// <summary>
/// Remembers parsed policies by their characters, because the cases of a batch tend to share a few. Bounded and thread-safe; a hit allocates nothing.
/// A remembered document keeps the place where it was first met.
/// </summary>
public sealed class PolicyCache : IKnownObjects
{
    /// <summary>The default bound, in bytes of UTF-16 text.</summary>
    public const long DefaultBytes = 64L << 20;

    // Texts made to collide must not turn a look-up into a walk.
    private const int LongestChain = 8;

    // A policy is told by so many characters at its beginning, where others may begin alike: those of one organization often do.
    private const int BeginningLength = 192, MostAlike = 64;

    private readonly long charactersPerGeneration;
    private readonly object gate = new();

    // Two generations are the cheapest approximation of least-recently-used: what is asked for moves to the young one,
    // and when that is full the old one goes as a whole.
    private volatile Generation young = new();
    private volatile Generation old = new();

    /// <summary>Creates an empty cache.</summary>
    /// <param name="bytes">How much text it keeps at most; the parsed documents take a small multiple of it.</param>
    public PolicyCache(long bytes = DefaultBytes) => charactersPerGeneration = Math.Max(0, bytes / sizeof(char) / 2);

    /// <summary>How much text it keeps, in bytes of UTF-16.</summary>
    public long Bytes => (young.Characters + old.Characters) * sizeof(char);

    /// <summary>The policy that an object of a larger text stands for. Documents with errors are read again each time.</summary>
    public PolicyDocument GetOrRead(JsonItem element)
    {
        TextRange span = element.Span;
        ReadOnlySpan<char> text = element.Document.Source.Text.AsSpan(span.Start, span.Length);
        int hash = Hash(text);
        if (young.Find(hash, text) is { } hit)
        {
            return hit;
        }

        PolicyDocument? document = old.Find(hash, text);
        if (document is null)
        {
            document = Read(element);
            if (document.HasErrors)
            {
                return document;
            }
        }

        Keep(hash, document);
        return document;
    }

    /// <inheritdoc/>
    object? IKnownObjects.Beginning(ReadOnlySpan<char> text, out int length)
    {
        length = 0;
        if (text.Length < BeginningLength)
        {
            return null;
        }

        int hash = Hash(text.Slice(0, BeginningLength));
        PolicyDocument? document = young.FindBeginning(hash, text);
        if (document is null && (document = old.FindBeginning(hash, text)) is not null)
        {
            Keep(Hash(document.Source.Text.AsSpan()), document);
        }

        length = document?.Source.Text.Length ?? 0;
        return document;
    }

    /// <summary>Reads an object of a larger text as a policy with a text of its own, which alone it keeps alive.</summary>
    internal static PolicyDocument Read(JsonItem element)
    {
        DocumentText whole = element.Document.Source;
        return PolicyReader.Read(new DocumentText(whole.Text.Substring(element.Span.Start, element.Span.Length), whole.Name, element.Position));
    }

    private void Keep(int hash, PolicyDocument document)
    {
        int length = document.Source.Text.Length;
        if (length > charactersPerGeneration)
        {
            return;
        }

        lock (gate)
        {
            if (young.Characters + length > charactersPerGeneration)
            {
                old = young;
                young = new Generation();
            }

            young.Add(hash, document);
        }
    }

    private static int Hash(ReadOnlySpan<char> text)
    {
#if NET
        return string.GetHashCode(text);
#else
        uint hash = 2166136261;
        foreach (char c in text)
        {
            hash = (hash ^ c) * 16777619;
        }

        return (int)hash;
#endif
    }

    private sealed class Generation
    {
        private readonly ConcurrentDictionary<int, Entry> entries = new(), beginnings = new();
        private long characters;

        public long Characters => Interlocked.Read(ref characters);

        public PolicyDocument? Find(int hash, ReadOnlySpan<char> text) => Find(entries, hash, text, isWhole: true);

        public PolicyDocument? FindBeginning(int hash, ReadOnlySpan<char> text) => Find(beginnings, hash, text, isWhole: false);

        /// <summary>Only under the gate.</summary>
        public void Add(int hash, PolicyDocument document)
        {
            entries.TryGetValue(hash, out Entry? chain);
            int depth = chain?.Depth ?? 0;
            if (depth < LongestChain && Find(hash, document.Source.Text.AsSpan()) is null)
            {
                entries[hash] = new Entry(document, chain, depth + 1);
                Interlocked.Add(ref characters, document.Source.Text.Length);
                AddBeginning(document);
            }
        }

        private static PolicyDocument? Find(ConcurrentDictionary<int, Entry> entries, int hash, ReadOnlySpan<char> text, bool isWhole)
        {
            if (entries.TryGetValue(hash, out Entry? entry))
            {
                for (; entry is not null; entry = entry.Next)
                {
                    string known = entry.Document.Source.Text;
                    if ((!isWhole || text.Length == known.Length) && text.StartsWith(known.AsSpan()))
                    {
                        return entry.Document;
                    }
                }
            }

            return null;
        }

        private void AddBeginning(PolicyDocument document)
        {
            // One with a remark is read each time, so that the remark is made each time.
            string text = document.Source.Text;
            if (text.Length < BeginningLength || !document.Problems.IsEmpty)
            {
                return;
            }

            int hash = Hash(text.AsSpan(0, BeginningLength));
            beginnings.TryGetValue(hash, out Entry? alike);
            if ((alike?.Depth ?? 0) < MostAlike)
            {
                beginnings[hash] = new Entry(document, alike, (alike?.Depth ?? 0) + 1);
            }
        }
    }

    private sealed record Entry(PolicyDocument Document, Entry? Next, int Depth);
}
