namespace ProvableSec.Tool.Tests.Architecture;

/// <summary>Using directives stand in the order that <c>dotnet format</c> gives them. No compiler warns of it, and the program takes minutes for the whole
/// solution.</summary>
public sealed class UsingDirectiveTests
{
    [Fact]
    public void Using_directives_are_in_order()
    {
        string[] files =
        [
            .. ((string[])["reasoning", "rules", "analyzers", "runtime", "testing", "tool", "tests", "bench", "eng"]).SelectMany(top =>
                Directory.EnumerateFiles(Path.Combine(Repository.Root, top), "*.cs", SearchOption.AllDirectories))
                .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)),
        ];
        Assert.True(files.Length > 1000);
        Assert.Empty(files.Where(file => !IsInOrder(File.ReadAllLines(file))).Select(file => Path.GetRelativePath(Repository.Root, file)));
    }

    [Theory]
    [InlineData(true, "using System;", "using System.IO;", "using Amazon;")]
    [InlineData(true, "using System.Net;", "using System.Net.Sockets;", "using System.Net2;")]
    [InlineData(true, "using B.C;", "using static A.D;", "using E = A.F;")]
    [InlineData(false, "using Amazon;", "using System;")]
    [InlineData(false, "using System.Net.Sockets;", "using System.Net;")]
    [InlineData(false, "using static A.D;", "using B.C;")]
    [InlineData(false, "using E = A.F;", "using static A.D;")]
    [InlineData(false, "global using B;", "global using A;")]
    public void An_order_is_told(bool isInOrder, params string[] lines) => Assert.Equal(isInOrder, IsInOrder([.. lines, "namespace N;", "using (x) { }"]));

    private static bool IsInOrder(string[] lines)
    {
        string[] keys = [.. lines.TakeWhile(line => !line.StartsWith("namespace", StringComparison.Ordinal)).Where(IsDirective).Select(Key)];
        return keys.SequenceEqual(keys.Order(StringComparer.OrdinalIgnoreCase));
    }

    private static bool IsDirective(string line) =>
        (line.StartsWith("using ", StringComparison.Ordinal) || line.StartsWith("global using ", StringComparison.Ordinal)) && line.EndsWith(';')
            && !line.Contains('(', StringComparison.Ordinal);

    // Plain ones, then static ones, then aliases; of each kind those of System first. A segment that ends comes before one that goes on.
    private static string Key(string line)
    {
        string rest = line.Replace("global ", "", StringComparison.Ordinal)["using ".Length..].TrimEnd(';');
        bool isStatic = rest.StartsWith("static ", StringComparison.Ordinal), isAlias = rest.Contains('=', StringComparison.Ordinal);
        string name = isStatic ? rest["static ".Length..] : rest;
        bool isSystem = !isAlias && (name == "System" || name.StartsWith("System.", StringComparison.Ordinal));
        return $"{(isAlias ? 2 : isStatic ? 1 : 0)}{(isSystem ? 0 : 1)}{name.Replace('.', '\u0001')}";
    }
}
