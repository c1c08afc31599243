using System.Collections.Concurrent;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Tool.Configurations;
using ProvableSec.Tool.Files;

namespace ProvableSec.Tool.Verify;

/// <summary>Which properties rest on a file that changed. Where more changed than policies of their own files, all of them may.</summary>
/// <param name="changed">Which files changed.</param>
internal sealed class ChangedProperties(ChangedFiles changed)
{
    /// <summary>Those that have to be asked.</summary>
    /// <param name="configuration">All that is asked.</param>
    /// <param name="source">The configuration as written.</param>
    /// <param name="seen">Every file and folder that was read for it.</param>
    public IReadOnlyList<ConfiguredProperty> Of(Configuration configuration, DocumentText source, ConcurrentDictionary<string, bool> seen)
    {
        string[] files = [.. seen.Keys.Where(File.Exists).Append(RealPath.Of(source.Name) ?? source.Name)];
        HashSet<string> other = [.. files.Where(changed.HasChanged)];
        HashSet<string> folders = [.. files.Select(file => Path.GetDirectoryName(file)!), .. seen.Keys.Where(Directory.Exists)];
        if (other.Count == 0 && !changed.HaveLostFiles(folders))
        {
            return [.. configuration.Properties.Where(IsCompared)];
        }

        // A policy that is a whole file bears on the questions that it stands in, and on nothing else; of any other file it is not known on what it bears.
        var places = new Dictionary<PolicyDocument, string?>(ReferenceEqualityComparer.Instance);
        List<(ConfiguredProperty Property, HashSet<string> Files)> rests =
            [.. configuration.Properties
                .Select(property => (property, property.Questions.SelectMany(Documents).Select(PlaceOf).OfType<string>().ToHashSet(StringComparer.Ordinal)))];
        HashSet<string> whole = [.. rests.SelectMany(one => one.Files)];
        return changed.HaveLostFiles(folders) || !other.IsSubsetOf(whole) ? configuration.Properties
            // What a revision that has a name says is another thing whenever the name moves.
            : [.. rests.Where(one => one.Files.Overlaps(other) || IsCompared(one.Property)).Select(one => one.Property)];

        string? PlaceOf(PolicyDocument document)
        {
            if (!places.TryGetValue(document, out string? place))
            {
                places.Add(document, place = IsWholeFile(document.Source) ? RealPath.Of(document.Source.Name) : null);
            }

            return place;
        }
    }

    private static bool IsCompared(ConfiguredProperty property) => property.Questions.Any(question => question.Query.Baseline is not null);

    private static bool IsWholeFile(DocumentText source) => source.Name.Length > 0 && source.PositionOf(0) == new LinePosition(1, 1) && File.Exists(source.Name)
        && InputFile.TryRead(source.Name, source.Name, out _) is { } file && file.Text == source.Text;

    private static IEnumerable<PolicyDocument> Documents(ConfiguredQuestion question) =>
        ((IEnumerable<Subject?>)[question.Query.Subject, question.Query.Baseline, question.Certain?.Subject, question.Named?.Subject]).OfType<Subject>()
            .SelectMany(subject => subject.Documents())
            .Concat(question.Query.Property is { } property ? [property] : []);
}
