using System.Buffers.Binary;
using System.Text;
using ProvableSec.Policy.Text;
using ProvableSec.Rules.Credentials;
using ProvableSec.Rules.Deployments;
using ProvableSec.Rules.Yaml;
using ProvableSec.Tool.Deployments;

namespace ProvableSec.Tool.Scan;

/// <summary>Scans the bytes of one file or git object: tells text from other things, and finds out the lines of what was found. For one thread.</summary>
internal sealed class TextScanner(CredentialScanner scanner, GitAllowed allowed)
{
    // Git looks so far, too, for a byte that no text has.
    private const int BinaryProbe = 8000;

    private static readonly string[] ArchiveEndings =
        [".zip", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".7z", ".rar", ".zst", ".jar", ".war", ".nupkg", ".snupkg", ".whl", ".vsix", ".apk"];

    private readonly List<CredentialFinding> found = [];

    public static bool IsArchive(string name) => Array.Exists(ArchiveEndings, ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a beginning of some bytes shows that they are not text: a zero, and no mark that says otherwise.</summary>
    public static bool IsBinary(ReadOnlySpan<byte> bytes) => !IsMarkedUtf8(bytes) && !IsUtf16(bytes) && Probe(bytes) is var probe && probe.Contains((byte)0)
        && !UnmarkedUtf16.Is(probe, out _);

    /// <summary>Scans.</summary>
    /// <param name="bytes">The content.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="path">Its path from the root of the repository or of the scan, which fingerprints of passwords depend on.</param>
    /// <param name="blob">The git object, if it comes out of the history.</param>
    /// <param name="findings">Takes what was found.</param>
    /// <param name="isAnyText">Whether bytes that are not text are scanned all the same.</param>
    public ScannedKind Scan(ReadOnlySpan<byte> bytes, string name, string path, string? blob, List<LocatedFinding> findings, bool isAnyText = false)
    {
        if (IsMarkedUtf8(bytes))
        {
            bytes = bytes[3..];
        }
        else if (IsUtf16(bytes))
        {
            bytes = FromUtf16(bytes[2..], bytes[0] == 0xFF);
        }
        else if (Probe(bytes) is var probe && probe.Contains((byte)0))
        {
            if (UnmarkedUtf16.Is(probe, out bool isLittle))
            {
                bytes = FromUtf16(bytes, isLittle);
            }
            else if (!isAnyText)
            {
                return ScannedKind.Binary;
            }
        }

        found.Clear();
        scanner.Scan(bytes, path, found);
        ScanDeployed(bytes, path);
        if (found.Count > 0)
        {
            Locate(bytes, name, blob, findings);
        }

        return ScannedKind.Text;
    }

    /// <summary>What a template or manifest deploys: a name may stand far from its value there, and what stands for one is told from it.</summary>
    private void ScanDeployed(ReadOnlySpan<byte> bytes, string path)
    {
        if (!DeployedText.HasName(path) || bytes.Length > YamlText.MaxLength)
        {
            return;
        }

        string text = Encoding.UTF8.GetString(bytes);
        // Elsewhere a place among characters would not tell that among bytes.
        if (Encoding.UTF8.GetByteCount(text) == bytes.Length && DeployedText.Check(new DocumentText(text, path), scanner.Now) is { Count: > 0 } deployed)
        {
            DeployedCredentials.Add(deployed, new BytePlaces(text).Of, path, scanner, found);
        }
    }

    private static bool IsMarkedUtf8(ReadOnlySpan<byte> bytes) => bytes is [0xEF, 0xBB, 0xBF, ..];

    private static bool IsUtf16(ReadOnlySpan<byte> bytes) => bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..];

    private void Locate(ReadOnlySpan<byte> bytes, string name, string? blob, List<LocatedFinding> findings)
    {
        // Findings come in order, so that each place is counted on from the one before.
        int line = 1, lineStart = 0, at = 0;
        foreach (CredentialFinding finding in found)
        {
            for (; at < finding.Start; at++)
            {
                if (bytes[at] == (byte)'\n' || (bytes[at] == (byte)'\r' && (at + 1 == bytes.Length || bytes[at + 1] != (byte)'\n')))
                {
                    line++;
                    lineStart = at + 1;
                }
            }

            int column = 1 + Encoding.UTF8.GetCharCount(bytes[lineStart..finding.Start]);
            if (!allowed.Allows(name, line, bytes, lineStart))
            {
                // What is pointed at is ASCII: an access key ID.
                findings.Add(new LocatedFinding(name, blob, new LinePosition(line, column), new LinePosition(line, column + finding.Length), finding));
            }
        }
    }

    private static ReadOnlySpan<byte> Probe(ReadOnlySpan<byte> bytes) => bytes[..Math.Min(BinaryProbe, bytes.Length)];

    private static byte[] FromUtf16(ReadOnlySpan<byte> bytes, bool isLittle)
    {
        char[] text = new char[bytes.Length / 2];
        for (int i = 0; i < text.Length; i++)
        {
            ReadOnlySpan<byte> unit = bytes.Slice(2 * i, 2);
            text[i] = (char)(isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(unit) : BinaryPrimitives.ReadUInt16BigEndian(unit));
        }

        return Encoding.UTF8.GetBytes(text);
    }
}
