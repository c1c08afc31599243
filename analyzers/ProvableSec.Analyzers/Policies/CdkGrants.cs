using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using ProvableSec.Policy.Model;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Analyzers.Policies;

/// <summary>
/// Code that opens access without a policy: by a method or property of the CDK, or by attaching a managed policy (AWS CDK API Reference, the page of each
/// construct). Known by name: neither library need be referred to.
/// </summary>
internal static class CdkGrants
{
    private const string Cdk = "Amazon.CDK.AWS.", Iam = Cdk + "IAM", S3 = Cdk + "S3", Lambda = Cdk + "Lambda";

    /// <summary>Words that a file with such a grant has.</summary>
    public static readonly string[] Words = ["AssumedBy", "AddPermission", "GrantPublicAccess", "PublicReadAccess", "AnyPrincipal", "StarPrincipal",
        "ArnPrincipal", "FunctionUrlAuthType", "CfnPermission", "CfnUrl", "LayerVersionPermission", "BucketAccessControl", "S3CannedACL"];

    /// <summary>Whether a call may be one: a look at its name.</summary>
    public static bool MayBe(IInvocationOperation call) => call.TargetMethod.Name is "AddPermission" or "AddPermissionAsync" or "FromAwsManagedPolicyName"
        or "FromManagedPolicyArn" or "FromJson"
        || call.TargetMethod.Name.StartsWith("Grant", StringComparison.Ordinal);

    /// <summary>Whether an assignment may be one: a look at the property's name.</summary>
    public static bool MayBe(ISimpleAssignmentOperation set) => CodeStatements.NameOf(set) is "AssumedBy" or "PublicReadAccess" or "PolicyArn"
        or "ManagedPolicyArns" or "AuthType" or "AccessControl" or "CannedACL" or "ACL";

    /// <summary>The policy that an operation stands for; null for another operation, and where it is not known to whom it opens what.</summary>
    public static PolicyObjects? At(IOperation operation) => operation switch
    {
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var property } } set when MayBe(set) => OfProperty(property, set),
        IInvocationOperation call when MayBe(call) => OfCall(call),
        IObjectCreationOperation { Type: { Name: "CfnPermissionProps" or "AddPermissionRequest" } type } permission when IsIn(type, Lambda)
            || IsIn(type, "Amazon.Lambda.Model") => Permission(permission),
        IObjectCreationOperation { Type: { Name: "AddPermissionRequest" } type } request when IsMessaging(type) => SdkPermissions.Of(request),
        IObjectCreationOperation { Type: { Name: "LayerVersionPermission" } type, Initializer: { } shared } when IsIn(type, Lambda) => Layer(shared),
        IObjectCreationOperation { Type: { Name: "GrantWithResourceOptions" or "GrantOnPrincipalAndResourceOptions" } type } grant when IsIn(type, Iam) =>
            Grant(grant),
        _ => null,
    };

    private static PolicyObjects? OfProperty(IPropertySymbol property, ISimpleAssignmentOperation set)
    {
        IOperation value = KnownValues.Of(CodeValues.Bare(set.Value));
        switch (property.Name)
        {
            case "AssumedBy" when IsIn(property.ContainingType, Iam):
                return Trust(value);
            case "PublicReadAccess" when IsIn(property.ContainingType, S3) && value.ConstantValue is { HasValue: true, Value: true }:
                return Open(set, "AWS::S3::Bucket", "s3:GetObject") with
                {
                    Block = set.Parent is IObjectOrCollectionInitializerOperation properties
                        ? CdkBuckets.BlockOf(properties) : null
                };
            case "AccessControl" when IsIn(property.ContainingType, S3) && set.Parent is IObjectOrCollectionInitializerOperation bucket
                && CdkBuckets.HasPublicAcls(bucket):
            case "CannedACL" or "ACL" when IsIn(property.ContainingType, "Amazon.S3"):
                return BucketAcls.Of(set, property, value);
            case "AuthType" when IsIn(property.ContainingType, Lambda) && value is IFieldReferenceOperation { Field.Name: "NONE" }
                or { ConstantValue: { HasValue: true, Value: "NONE" } }:
                return Open(set, "AWS::Lambda::Function", "lambda:InvokeFunctionUrl");
            case "PolicyArn" or "ManagedPolicyArns" when IsIn(property.ContainingType, "Amazon.") || IsIn(property.ContainingType, "Pulumi.Aws")
                || IsIn(property.ContainingType, "HashiCorp.Cdktf."):
                return (CodeValues.ItemsOf(value) ?? [value]).Select(Managed).FirstOrDefault(policy => policy is not null);
            default:
                return null;
        }
    }

    private static PolicyObjects? OfCall(IInvocationOperation call)
    {
        IOperation[] arguments = [.. call.Arguments.Where(argument => !argument.IsImplicit)
            .Select(argument => KnownValues.Of(CodeValues.Bare(argument.Value)))];
        switch (call.TargetMethod.Name, arguments)
        {
            case ("FromAwsManagedPolicyName", [var name]) when IsIn(call.TargetMethod.ContainingType, Iam):
                return Managed(name);
            case ("FromManagedPolicyArn", [_, _, var arn]) when IsIn(call.TargetMethod.ContainingType, Iam):
                return Managed(arn);
            case ("FromJson", [var statement])
                when CodeStatements.IsOf(call.TargetMethod.ContainingType, Iam, "PolicyStatement") && CodeValues.MembersOf(statement) is not null
                    && !IsChanged(call):
                return new PolicyObjects(call, json => json.Document([statement], JsonOfCode.SpanOf(call)));
            case ("AddPermission", [_, IObjectCreationOperation { Type.Name: "Permission" } permission]) when IsIn(call.TargetMethod.ContainingType, Lambda):
                return Permission(permission);
            case ("AddPermission" or "AddPermissionAsync", { Length: >= 4 }) when IsMessaging(call.TargetMethod.ContainingType):
                return SdkPermissions.Of(call);
            // What becomes of a grant whose statement may be changed is not looked into.
            case ("GrantPublicAccess", _) when IsLeftAsItIs(call) && IsIn(call.TargetMethod.ContainingType, S3):
                return Open(call, "AWS::S3::Bucket", "s3:GetObject") with { Block = CdkBuckets.BlockOf(call.Instance) };
            case (_, [IObjectCreationOperation everybody, ..])
                when CdkPrincipals.IsEverybody(everybody) && IsLeftAsItIs(call) && IsIn(call.TargetMethod.ContainingType, Cdk) && ActionOf(call) is { } action:
                return Open(everybody, PolicySinks.ResourceOf(call.Instance?.Type), action) with { Block = CdkBuckets.BlockOf(call.Instance) };
            default:
                return null;
        }
    }

    /// <summary>Whether a grant is given to nothing that could change its statement.</summary>
    private static bool IsLeftAsItIs(IInvocationOperation call) => call.Parent switch
    {
        IExpressionStatementOperation => true,
        ISimpleAssignmentOperation { Target: IDiscardOperation } => true,
        IInvocationOperation { TargetMethod.Name: "AssertSuccess" } => true,
        IVariableInitializerOperation => CodeStatements.LocalOf(call) is { } local && call.Syntax.FirstAncestorOrSelf<BlockSyntax>() is { } block
            && PolicyUses.Of(local, block).All(use => use.Parent is IInvocationOperation { TargetMethod.Name: "AssertSuccess" or "ApplyBefore" }),
        _ => false,
    };

    /// <summary>Whether the code does more with a statement than to hand it on.</summary>
    private static bool IsChanged(IInvocationOperation made) => CodeStatements.LocalOf(made) is { } local
        && (CodeStatements.ChangesOf(local, out bool known).Count > 0 || !known);

    /// <summary>A statement for each principal: of several, each may have conditions of its own.</summary>
    private static PolicyObjects Trust(IOperation principal)
    {
        IReadOnlyList<IOperation> each = principal is IObjectCreationOperation { Type.Name: "CompositePrincipal", Arguments: [{ Value: var list }] }
            ? CodeValues.ItemsOf(list) ?? [principal] : [principal];
        CodeStatement[] statements = [.. each.Select(one => KnownValues.Of(CodeValues.Bare(one))).Select(one =>
        {
            var statement = new CodeStatement(one);
            CdkPrincipals.Add(one, "Principal", statement);
            statement.AddTo("Action", [new CodeItem(one, ActionOfTrust(CdkPrincipals.Inner(one)))]);
            return statement;
        })];
        return Of(principal, statements, new PolicyContext(PolicyType.Trust));
    }

    /// <summary>Grants that the CDK's constructs are made of: to everybody only the resource's policy can give them.</summary>
    private static PolicyObjects? Grant(IObjectCreationOperation grant)
    {
        var statement = new CodeStatement(grant);
        bool hasGrantee = false;
        foreach (IOperation part in CodeValues.PartsOf(grant.Initializer))
        {
            if (part is not ISimpleAssignmentOperation { Value: var value } set)
            {
                return null;
            }

            switch (CodeStatements.NameOf(set))
            {
                case "Grantee":
                    CdkPrincipals.Add(value, "Principal", statement);
                    hasGrantee = true;
                    break;
                case "Actions":
                    statement.AddTo("Action", CodeValues.ItemsOf(value) is { } actions ? actions.Select(action => new CodeItem(action))
                        : [CodeItem.Unknown(value)]);
                    break;
                case "Resource" or "ResourceArns" or "ResourceSelfArns" or "Scope":
                    break;
                default:
                    statement.LoseConditions(value);
                    break;
            }
        }

        statement.AddTo("Resource", [CodeItem.Unknown(grant)]);
        return hasGrantee ? Of(grant, [statement], new PolicyContext(PolicyType.Resource)) : null;
    }

    private static string ActionOfTrust(IOperation principal) => principal is IObjectCreationOperation { Type.Name: var type } creation ? type switch
    {
        "WebIdentityPrincipal" or "OpenIdConnectPrincipal" => "sts:AssumeRoleWithWebIdentity",
        "SamlPrincipal" or "SamlConsolePrincipal" => "sts:AssumeRoleWithSAML",
        "FederatedPrincipal" when creation.Arguments.FirstOrDefault(argument =>
            argument.Parameter?.Name == "assumeRoleAction")?.Value is { ConstantValue: { HasValue: true, Value: string action } } => action,
        _ => "sts:AssumeRole",
    }
    : UnknownText.Mark.ToString();

    private static PolicyObjects? Permission(IObjectCreationOperation permission)
    {
        var statement = new CodeStatement(permission);
        CodeItem action = new(permission, "lambda:InvokeFunction");
        bool hasPrincipal = false;
        foreach (IOperation part in CodeValues.PartsOf(permission.Initializer))
        {
            if (part is not ISimpleAssignmentOperation { Value: var value } set)
            {
                return null;
            }

            switch (CodeStatements.NameOf(set))
            {
                case "Principal":
                    AddHolder(value, statement);
                    hasPrincipal = true;
                    break;
                case "Action":
                    action = new CodeItem(value);
                    break;
                case "SourceAccount":
                    statement.AddCondition(value, "StringEquals", "aws:SourceAccount", new CodeItem(value));
                    break;
                case "SourceArn":
                    statement.AddCondition(value, "ArnLike", "aws:SourceArn", new CodeItem(value));
                    break;
                case "OrganizationId" or "PrincipalOrgId" or "PrincipalOrgID":
                    statement.AddCondition(value, "StringEquals", "aws:PrincipalOrgID", new CodeItem(value));
                    break;
                case "FunctionUrlAuthType" or "Scope" or "InvokedViaFunctionUrl" or "FunctionName" or "StatementId" or "Qualifier" or "RevisionId":
                    break;
                default:
                    statement.LoseConditions(value);
                    break;
            }
        }

        statement.AddTo("Action", [action]);
        statement.AddTo("Resource", [CodeItem.Unknown(permission)]);
        return hasPrincipal ? Of(permission, [statement], new PolicyContext(PolicyType.Resource, "AWS::Lambda::Function")) : null;
    }

    /// <summary>A layer for every account.</summary>
    private static PolicyObjects? Layer(IObjectOrCollectionInitializerOperation shared)
    {
        // With an organization besides, it is for its accounts only.
        return shared.Initializers is [ISimpleAssignmentOperation { Value: { ConstantValue: { HasValue: true, Value: "*" } } account } set]
            && CodeStatements.NameOf(set) == "AccountId"
            ? Open(account, "AWS::Lambda::LayerVersion", "lambda:GetLayerVersion")
            : null;
    }

    /// <summary>Whoever a permission names: an object of the CDK, or a text that is "*", a service, an account or an ARN.</summary>
    private static void AddHolder(IOperation value, CodeStatement statement)
    {
        if (value.Type?.SpecialType != SpecialType.System_String)
        {
            CdkPrincipals.Add(value, "Principal", statement);
        }
        else if (CodeValues.Bare(value).ConstantValue.Value is not string name)
        {
            statement.AddPrincipal("Principal", "AWS", CodeItem.Unknown(value));
        }
        else
        {
            bool isService = name.IndexOf(':') < 0 && name.IndexOf('.') > 0;
            statement.AddPrincipal("Principal", name == "*" ? "*" : isService ? "Service" : "AWS", new CodeItem(value, name));
        }
    }

    /// <summary>Access for everybody.</summary>
    public static PolicyObjects Open(IOperation at, string? resourceType, string action)
    {
        var statement = new CodeStatement(at);
        statement.AddPrincipal("Principal", "*", new CodeItem(at, "*"));
        statement.AddTo("Action", [new CodeItem(at, action)]);
        bool isTrust = action == "sts:AssumeRole";
        if (!isTrust)
        {
            statement.AddTo("Resource", [CodeItem.Unknown(at)]);
        }

        return Of(at, [statement], isTrust ? new PolicyContext(PolicyType.Trust) : new PolicyContext(PolicyType.Resource, resourceType));
    }

    private static PolicyObjects? Managed(IOperation name) => CodeValues.Bare(name).ConstantValue is { HasValue: true, Value: string constant }
        && PolicyDocuments.OfManagedPolicy(constant) is { } document
        ? new PolicyObjects(name, json => json.Add(document, JsonOfCode.SpanOf(name))) { Context = new PolicyContext(PolicyType.Identity), IsImplied = true }
        : null;

    /// <summary>Access that is opened without a policy.</summary>
    public static PolicyObjects Of(IOperation whole, IReadOnlyList<CodeStatement> statements, PolicyContext context) =>
        new(whole, json => json.Document(statements, JsonOfCode.SpanOf(whole), item => item.Write(json))) { Context = context, IsImplied = true };

    /// <summary>An action that a method grants; null for one that is not known.</summary>
    private static string? ActionOf(IInvocationOperation call)
    {
        string name = call.TargetMethod.Name;
        bool Has(string word) => name.IndexOf(word, StringComparison.Ordinal) > 0;
        return PolicySinks.ResourceOf(call.Instance?.Type) switch
        {
            "AWS::S3::Bucket" => Has("PutAcl") ? "s3:PutObjectAcl" : Has("Read") ? "s3:GetObject" : Has("Delete") ? "s3:DeleteObject" : "s3:PutObject",
            "AWS::SQS::Queue" => Has("Consume") ? "sqs:ReceiveMessage" : Has("Purge") ? "sqs:PurgeQueue" : "sqs:SendMessage",
            "AWS::SNS::Topic" => Has("Subscribe") ? "sns:Subscribe" : "sns:Publish",
            "AWS::KMS::Key" => Has("Decrypt") ? "kms:Decrypt" : "kms:Encrypt",
            "AWS::SecretsManager::Secret" => Has("Write") ? "secretsmanager:PutSecretValue" : "secretsmanager:GetSecretValue",
            "AWS::DynamoDB::Table" => Has("Write") ? "dynamodb:PutItem" : "dynamodb:GetItem",
            "AWS::ECR::Repository" => Has("Push") ? "ecr:PutImage" : "ecr:BatchGetImage",
            "AWS::Lambda::Function" => Has("Url") ? "lambda:InvokeFunctionUrl" : "lambda:InvokeFunction",
            _ => call.Instance?.Type?.Name is "Role" or "IRole" && Has("AssumeRole") ? "sts:AssumeRole" : null,
        };
    }

    private static bool IsMessaging(ITypeSymbol type) => IsIn(type, "Amazon.SQS") || IsIn(type, "Amazon.SimpleNotificationService");

    private static bool IsIn(ITypeSymbol type, string space) => type.ContainingNamespace?.ToDisplayString().StartsWith(space, StringComparison.Ordinal) == true;
}
