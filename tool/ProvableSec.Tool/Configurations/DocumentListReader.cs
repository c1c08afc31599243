using ProvableSec.Policy.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Policy.Text;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Yaml;
using ProvableSec.Tool.Files;

namespace ProvableSec.Tool.Configurations;

/// <summary>Reads the documents that a configuration lists.</summary>
/// <param name="place">From where they are named.</param>
/// <param name="documents">Takes them, by their full path.</param>
/// <param name="problems">Takes what is wrong with the list.</param>
internal sealed class DocumentListReader(ConfigurationPlace place, Dictionary<string, ConfiguredDocument> documents, ConfigurationProblems problems)
{
    private static readonly string[] Members = ["files", "type", "check"];

    private static readonly RecognizedInput[] Holders = [RecognizedInput.Template, RecognizedInput.AccountDump, RecognizedInput.TerraformPlan];

    /// <summary>Reads the member <c>documents</c>.</summary>
    public void Read(JsonItem value)
    {
        if (value.Kind != JsonKind.Array)
        {
            problems.Collected.WrongType(value, "documents", "an array of objects with files and type");
        }

        foreach (JsonItem element in value.Elements())
        {
            if (element.Kind != JsonKind.Object)
            {
                problems.Collected.WrongType(element, "an element of documents", "an object with files and type");
                continue;
            }

            JsonItem? files = null;
            PolicyType? type = null;
            bool isChecked = false, hasType = false;
            foreach (JsonMember member in element.Properties())
            {
                switch (member.Name)
                {
                    case "files":
                        files = member.Value;
                        break;
                    case "type":
                        hasType = true;
                        type = QueryReader.ReadType(member.Value, problems.Collected);
                        break;
                    case "check":
                        if (member.Value.Kind is not (JsonKind.True or JsonKind.False))
                        {
                            problems.Collected.WrongType(member.Value, "check", "true or false");
                        }

                        isChecked = member.Value.Kind == JsonKind.True;
                        break;
                    default:
                        problems.Unknown(member, "an element of documents", Members);
                        break;
                }
            }

            if (files is null)
            {
                problems.Add(element, ProblemCode.MissingElement, "this element of documents has no files");
            }
            else if (type is not null || !hasType)
            {
                foreach ((string path, JsonItem at) in place.Find(files.Value, "files", problems))
                {
                    Add(element, path, at, type, isChecked);
                }
            }
        }
    }

    private void Add(JsonItem element, string path, JsonItem at, PolicyType? type, bool isChecked)
    {
        PolicyDocument? document = place.Policies.Load(path, out PolicyProblem? problem);
        string file = place.NameOf(path), key = Path.GetFullPath(file);
        if (document is null)
        {
            problems.Collected.Add(problem!.Code == ProblemCode.UnreadableFile ? at.Problem(ProblemCode.UnreadableFile, problem.Message) : problem);
            return;
        }

        bool holds = document.HasErrors && HoldsPolicies(document.Source);
        if (!holds && type is null)
        {
            type = PolicyTypeInference.Infer(document) is (var inferred, PolicyTypeOrigin.FileName) ? inferred : null;
            if (type is null && document.HasErrors)
            {
                problems.Add(at, ProblemCode.WrongType, RecognizedInput.Of(document.Source) is { } kind
                    ? $"{file}: {kind.Instead("a policy, a template, an account dump, a plan or an answer of the AWS CLI")}"
                    : $"{file} is not a policy, a template, an account dump, a plan or an answer of the AWS CLI; name other files, or give the type of the "
                        + $"policies");
                return;
            }

            if (type is null)
            {
                problems.Add(element, ProblemCode.MissingElement,
                    $"this element of documents has no type, and the name of {file} does not say it; expected \"type\": one of "
                        + $"{string.Join(", ", QuestionNames.AllTypes)}");
                return;
            }
        }

        if (documents.TryGetValue(key, out ConfiguredDocument? known))
        {
            if (known.Type != type && type is not null && known.Type is not null)
            {
                problems.Add(at, ProblemCode.ConflictingElements,
                    $"{file} is listed as {QuestionNames.NameOf(known.Type.Value)} and here as {QuestionNames.NameOf(type.Value)}");
            }

            documents[key] = known with { IsChecked = known.IsChecked || isChecked };
            return;
        }

        // What is in a template or dump is looked at where it is asked for, and by check.
        documents.Add(key, new ConfiguredDocument(document.Source.Name, holds ? null : type,
            holds && type is null ? [] : document.Problems)
        { IsChecked = isChecked });
    }

    private static bool HoldsPolicies(DocumentText source)
    {
        if (YamlText.IsYaml(source))
        {
            return true;
        }

        JsonItem root = JsonTreeReader.Read(source).Root;
        return (RecognizedInput.Of(root) is { } kind && Holders.Contains(kind)) || PolicyDocuments.IsCliAnswer(root);
    }
}
