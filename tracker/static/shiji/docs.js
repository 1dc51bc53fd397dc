// The labels of the document of the interface in Chinese; the library itself speaks English only.
(() => {
  const words = {
    "Authorize": "授权", "Available authorizations": "授权方式", "Authorized": "已授权", "Logout": "取消授权", "Close": "关闭",
    "Try it out": "试一试", "Try it out ": "试一试", "Cancel": "取消", "Execute": "发送请求", "Clear": "清空", "Reset": "重置",
    "Parameters": "参数", "No parameters": "没有参数", "Name": "名称", "Description": "说明", "Name:": "名称：", "In:": "位置：", "Value:": "值：",
    "Responses": "响应", "Response": "响应", "Server response": "服务器响应", "Response body": "响应内容", "Response headers": "响应头",
    "Request URL": "请求地址", "Curl": "curl 命令", "Request duration": "用时", "Code": "状态码", "Details": "内容", "Links": "链接",
    "No links": "没有", "Media type": "格式", "Controls ": "对应请求头 ", " header.": "。", "Example Value": "示例", "Schema": "结构",
    "Schemas": "数据结构", "Download": "下载", "Loading": "正在读取", "LOADING": "正在发送", "Undocumented": "未列入文档",
    "Expand all": "全部展开", "Collapse all": "全部收起", "Available values": "可选值", "Default value": "默认值", "required": "必填",
    "Examples": "示例", "Example": "示例", "Error": "错误", "Errors": "错误", "Send empty value": "发送空值",
  };
  const root = document.getElementById("swagger-ui");
  const say = (text) => {
    const word = words[text.nodeValue] ?? words[text.nodeValue.trim()];
    if (word && text.nodeValue !== word) text.nodeValue = word;
  };
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.parentElement?.closest("pre, code, textarea") || say(node);
    node.childNodes.forEach(walk);
  };
  new MutationObserver((changes) => changes.forEach((change) => {
    if (change.type === "characterData") walk(change.target);
    change.addedNodes.forEach(walk);
  })).observe(root, { childList: true, subtree: true, characterData: true });
})();
