import { chromium } from "@playwright/test";
const base="http://localhost:8391"; const out="/tmp/reh-shots"; import {mkdirSync} from "node:fs"; mkdirSync(out,{recursive:true});
const b=await chromium.launch({executablePath:"/usr/bin/chromium-headless-shell",args:["--no-sandbox","--disable-gpu"]});
const login=process.argv[2]??"thuky";
const c=await b.newContext({baseURL:base,viewport:{width:1366,height:768}}); const p=await c.newPage();
p.on("console",m=>{if(m.type()==="error")console.log("console",m.text())});
await p.goto("/noi-bo/dang-nhap"); await p.getByLabel("Tên đăng nhập").fill(login); await p.getByLabel("Mật khẩu").fill("mo-phong-2024"); await p.getByRole("button",{name:"Đăng nhập"}).click(); await p.waitForURL(/noi-bo$/);
const shot=async(n)=>{for(const w of [1440,1024,360]){await p.setViewportSize({width:w,height:w===360?740:900});await p.screenshot({path:`${out}/${login}-${n}-${w}.png`});} await p.setViewportSize({width:1366,height:768});};
await p.goto("/hoi-truong/2024-10-25/dien-tap"); await shot("offer");
console.time("begin"); await p.getByRole("button",{name:"Bắt đầu diễn tập"}).click(); await p.waitForLoadState(); console.timeEnd("begin");
console.log(p.url()); await shot("begun");
if(login==="thuky"){
 await p.locator(".dt-guide summary").click(); await p.screenshot({path:`${out}/list.png`}); await p.locator(".dt-guide summary").click();
 await p.getByRole("link",{name:/Mở trang/}).click(); await shot("reception");
 await p.goto("/noi-bo"); await shot("absent");
 await p.goBack(); 
}
await p.getByRole("button",{name:"Kết thúc diễn tập"}).first().click(); console.log(p.url()); await shot("over");
await b.close();
