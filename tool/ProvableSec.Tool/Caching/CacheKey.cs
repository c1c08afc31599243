using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning;
using ProvableSec.Rules;
using ProvableSec.ServiceData;

namespace ProvableSec.Tool.Caching;

/// <summary>
/// What an answer depends on, as a hash: each part with its name and length, so that no two questions are written alike. The first part is which engine
/// answers, by the
/// build's own ids of its assemblies: another build shares nothing.
/// </summary>
internal sealed class CacheKey
{
    /// <summary>Documents and organizations stand in thousands of questions, and are written once.</summary>
    private static readonly ConditionalWeakTable<object, string> Digests = [];

    private const int FirstBytes = 1024, BlockBytes = 1 << 16, SliceChars = 1 << 12;

    // Most keys are small, and are hashed at once.
    private byte[] pending = ArrayPool<byte>.Shared.Rent(FirstBytes);
    private int count;
    private IncrementalHash? before;

    /// <summary>Begins a key.</summary>
    /// <param name="kind">What kind of question it is.</param>
    public CacheKey(string kind) => Add("engine", EngineVersion).Add("kind", kind);

    /// <summary>Which engine answers: the module version ids of what has a part in an answer, and the service data.</summary>
    public static string EngineVersion { get; } = string.Join(' ',
        ((Type[])[typeof(PolicyDocument), typeof(ServiceCatalogue), typeof(Prover), typeof(Rule), typeof(CacheKey)])
            .Select(type => type.Module.ModuleVersionId.ToString("N"))
            .Append(ServiceCatalogue.Default.Date).Append(ServiceCatalogue.Default.Source));

    /// <summary>Adds a part.</summary>
    public CacheKey Add(string name, string? value)
    {
        Write(name);
        if (value is null)
        {
            Write(" -\n");
            return this;
        }

        Write(" ");
        Span<char> digits = stackalloc char[11];
        value.Length.TryFormat(digits, out int length, provider: CultureInfo.InvariantCulture);
        Write(digits[..length]);
        Write(" ");
        Write(value);
        Write("\n");
        return this;
    }

    /// <summary>Adds a list.</summary>
    public CacheKey Add(string name, IEnumerable<string> values)
    {
        string[] all = [.. values];
        Add(name, all.Length.ToString(CultureInfo.InvariantCulture));
        foreach (string value in all)
        {
            Add(name, value);
        }

        return this;
    }

    /// <summary>Adds a policy: what it says, what is wrong with it, and what answers call it.</summary>
    public CacheKey Add(string name, PolicyDocument? document) => Add(name, document is null ? null : Digests.GetValue(document, key =>
    {
        var policy = (PolicyDocument)key;
        return new CacheKey("policy").Add("name", policy.Source.Name).Add("text", PolicyWriter.Write(policy))
            .Add("places", policy.Statements.Select(statement => statement.Index.ToString(CultureInfo.InvariantCulture)))
            .Add("problems", policy.Problems.Select(problem => $"{problem.Code} {problem.Message}")).ToString();
    }));

    /// <summary>Adds an organization.</summary>
    public CacheKey Add(string name, Organization? organization) => Add(name, organization is null ? null : Digests.GetValue(organization, key =>
    {
        var known = (Organization)key;
        return new CacheKey("organization").Add("id", known.Id).Add("management", known.ManagementAccount)
            .Add("accounts", known.Accounts.OrderBy(account => account.Key, StringComparer.Ordinal)
                .SelectMany(account => (string[])[account.Key, account.Value])).ToString();
    }));

    /// <summary>The key; nothing can be added any more.</summary>
    public override string ToString()
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        if (before is null)
        {
            SHA256.HashData(pending.AsSpan(0, count), digest);
        }
        else
        {
            before.AppendData(pending, 0, count);
            before.GetHashAndReset(digest);
            before.Dispose();
        }

        ArrayPool<byte>.Shared.Return(pending);
        pending = [];
        return Convert.ToHexStringLower(digest);
    }

    private void Write(ReadOnlySpan<char> text)
    {
        while (text.Length > SliceChars)
        {
            // A pair of surrogates is one character.
            int slice = char.IsHighSurrogate(text[SliceChars - 1]) ? SliceChars - 1 : SliceChars;
            WriteSlice(text[..slice]);
            text = text[slice..];
        }

        WriteSlice(text);
    }

    private void WriteSlice(ReadOnlySpan<char> text)
    {
        int most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (count + most > BlockBytes)
        {
            before ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            before.AppendData(pending, 0, count);
            count = 0;
        }

        if (count + most > pending.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(count + most, pending.Length * 2));
            pending.AsSpan(0, count).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(pending);
            pending = larger;
        }

        count += Encoding.UTF8.GetBytes(text, pending.AsSpan(count));
    }
}
