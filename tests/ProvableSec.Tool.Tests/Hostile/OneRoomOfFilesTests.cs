using System.Text.RegularExpressions;

namespace ProvableSec.Tool.Tests.Hostile;

/// <summary>
/// Files are opened, made and changed in one room, which refuses what an outsider's link or name would make of it: a second way to write would not know of
/// modes, of links
/// that leave a repository and of files that are for their owner only. Whether something is there may be asked anywhere.
/// </summary>
public sealed partial class OneRoomOfFilesTests
{
    [Fact]
    public void FilesAreOpenedInOneRoom() => Assert.Empty(
        ToolSources.All().Where(source => !source.Name.StartsWith("Files/", StringComparison.Ordinal) && Opens().IsMatch(source.Text))
            .Select(source => source.Name));

    [Fact]
    public void OneFileOfTheRoomWrites() => Assert.Equal(
        ["Files/OutputFile.cs"],
        ToolSources.All().Where(source => Writes().IsMatch(source.Text)).Select(source => source.Name));

    [Theory]
    [InlineData("File.WriteAllText(path, text)", true)]
    [InlineData("= File.OpenRead(path)", true)]
    [InlineData("File.OpenHandle(path)", true)]
    [InlineData("System.IO.File.Delete(path)", true)]
    [InlineData("using FileStream s = new(path, FileMode.Open)", true)]
    [InlineData("Directory.CreateDirectory(path)", true)]
    [InlineData("new FileInfo(path).OpenWrite()", true)]
    [InlineData("new StreamWriter(path)", true)]
    [InlineData("new StreamReader(file, Encoding.UTF8)", true)]
    [InlineData("new StreamReader(InputFile.Open(file))", false)]
    [InlineData("File.Exists(path) && Directory.Exists(path)", false)]
    [InlineData("place.File.Length > 0", false)]
    [InlineData("Directory.GetFileSystemEntries(folder)", false)]
    public void WhatOpensAFileIsSeen(string code, bool isSeen) => Assert.Equal(isSeen, Opens().IsMatch(code));

    [GeneratedRegex("""
        (?<![\w)\]?]\.)\bFile\.(?!Exists\b)\w+\( | \bIO\.File\.(?!Exists\b)
        | \bFileStream\b | \bMemoryMappedFile\b | \bFileSystemWatcher\b
        | \bDirectory\.(?!Exists\b|Get|Enumerate)\w+\(
        | \.(?:OpenRead|OpenWrite|OpenText|CreateText|AppendText|CreateAsSymbolicLink)\(
        | new\ Stream(?:Reader|Writer)\((?:\w*[pP]ath\b|file\b|\$?")
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Opens();

    [GeneratedRegex("""FileAccess\.(?:Write|ReadWrite)|\bFile\.(?:Write|Append|Create|Delete|Move|Copy|Replace|Set|OpenWrite)|\bDirectory\.(?:Create|Delete|Move)""")]
    private static partial Regex Writes();
}
